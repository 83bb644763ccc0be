"""Every permission there is, each with the sentence that a person reads."""

from enum import StrEnum


class Permission(StrEnum):
    """What a person may be allowed to do. The sentences stand in `SENTENCES`."""

    PEOPLE_MANAGE = "people.manage"
    SETTINGS_CHANGE = "settings.change"
    TERMS_CHANGE = "terms.change"
    AUDIT_READ = "audit.read"
    DELEGATE = "delegate"
    REGISTER_CORRECT = "register.correct"
    MAIL_READ = "mail.read"
    POSITION_DRAFT = "position.draft"
    CIRCULATION_OPEN = "circulation.open"
    RETURN_DRAFT = "return.draft"
    RETURN_SUBMIT = "return.submit"
    RETURN_FILE_FOR_OFFICE = "return.file-for-office"
    RETURN_RELEASE = "return.release"
    AMENDMENT_DECIDE = "amendment.decide"
    CONSENSUS_READ = "consensus.read"
    SIGN_OFF = "sign-off"
    EXCEPTION_NOTE = "exception.note"
    PUBLISH = "publish"
    JOBS_MANAGE = "jobs.manage"
    MAIL_SORT = "mail.sort"
    ISSUE_KEEP = "issue.keep"
    PLAN_KEEP = "plan.keep"
    ARCHIVE_KEEP = "archive.keep"
    RECORDS_MANAGE = "records.manage"
    REQUEST_HANDLE = "request.handle"
    REQUEST_RELEASE = "request.release"
    SIGNAL_SORT = "signal.sort"
    SOURCE_KEEP = "source.keep"


SENTENCES: dict[Permission, str] = {
    Permission.PEOPLE_MANAGE: "Add people, give them a role and close their accounts.",
    Permission.SETTINGS_CHANGE: "Change mail, backup and other settings of the installation.",
    Permission.TERMS_CHANGE: "Change the network’s terms of reference, such as the consensus rule.",
    Permission.AUDIT_READ: "Read the audit trail, which holds no confidential text.",
    Permission.DELEGATE: "Let another person act in one’s place between two dates.",
    Permission.REGISTER_CORRECT: "Correct a fact in the register of members, posts and people.",
    Permission.MAIL_READ: "Read the mail that the network has sent.",
    Permission.POSITION_DRAFT: "Write, import and change drafts of positions.",
    Permission.CIRCULATION_OPEN: "Send a draft to the offices, remind them and close the circulation.",
    Permission.RETURN_DRAFT: "Prepare one’s own office’s answer.",
    Permission.RETURN_SUBMIT: "Submit or withdraw one’s own office’s answer.",
    Permission.RETURN_FILE_FOR_OFFICE: "File an answer for an office that sent it another way.",
    Permission.RETURN_RELEASE: "Release one’s own office’s answer to the other offices.",
    Permission.AMENDMENT_DECIDE: "Decide amendments and comments and make the next version.",
    Permission.CONSENSUS_READ: "See every office’s answers, what blocks and whom to talk to.",
    Permission.SIGN_OFF: "Sign a position for one’s own office.",
    Permission.EXCEPTION_NOTE: "Record that an office stands aside, with its words.",
    Permission.PUBLISH: "Publish a signed position and correct what was published.",
    Permission.JOBS_MANAGE: "See the background work, which shows no confidential text, and try again what failed.",
    Permission.MAIL_SORT: "Read the mail that came in, and file it where it belongs.",
    Permission.ISSUE_KEEP: "Keep workstreams, issues, their links and actions.",
    Permission.PLAN_KEEP: "Keep groups, meetings and the forward plan.",
    Permission.ARCHIVE_KEEP: "Take past papers into the memory, and take them out again.",
    Permission.RECORDS_MANAGE: "Set how long records are kept, collect and erase what is held about a person.",
    Permission.REQUEST_HANDLE: "Work on a request for information.",
    Permission.REQUEST_RELEASE: "Release the answer to a request for information that somebody else prepared.",
    Permission.SIGNAL_SORT: "Sort what the radar found, and say what it looks out for.",
    Permission.SOURCE_KEEP: "Add sources to the radar, and let them rest.",
}

# What a person may let another do in their place. What one may read stays with each person's own role, and nobody
# passes on what was passed to them.
PASSABLE = frozenset(
    {
        Permission.TERMS_CHANGE,
        Permission.REGISTER_CORRECT,
        Permission.POSITION_DRAFT,
        Permission.CIRCULATION_OPEN,
        Permission.RETURN_DRAFT,
        Permission.RETURN_SUBMIT,
        Permission.RETURN_FILE_FOR_OFFICE,
        Permission.RETURN_RELEASE,
        Permission.AMENDMENT_DECIDE,
        Permission.SIGN_OFF,
        Permission.EXCEPTION_NOTE,
        Permission.PUBLISH,
        Permission.MAIL_SORT,
        Permission.ISSUE_KEEP,
        Permission.PLAN_KEEP,
        Permission.ARCHIVE_KEEP,
        Permission.RECORDS_MANAGE,
        Permission.REQUEST_HANDLE,
        Permission.REQUEST_RELEASE,
        Permission.SIGNAL_SORT,
        Permission.SOURCE_KEEP,
    }
)
