"""Groups, their meetings, the forward plan with its versions and the chair's approval, and the hand-over pack."""
