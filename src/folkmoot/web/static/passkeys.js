// A form with data-passkey asks the browser for a passkey before it is sent, and puts the answer into its hidden field.

const bytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
const listed = (credentials) => (credentials || []).map((each) => ({ ...each, id: bytes(each.id) }));

async function created(asked) {
  const made = await navigator.credentials.create({
    publicKey: {
      ...asked,
      challenge: bytes(asked.challenge),
      user: { ...asked.user, id: bytes(asked.user.id) },
      excludeCredentials: listed(asked.excludeCredentials),
    },
  });
  return {
    id: made.id,
    rawId: text(made.rawId),
    type: made.type,
    response: {
      clientDataJSON: text(made.response.clientDataJSON),
      attestationObject: text(made.response.attestationObject),
    },
  };
}

async function shown(asked) {
  const found = await navigator.credentials.get({
    publicKey: {
      ...asked,
      challenge: bytes(asked.challenge),
      allowCredentials: listed(asked.allowCredentials),
    },
  });
  const { clientDataJSON, authenticatorData, signature, userHandle } = found.response;
  return {
    id: found.id,
    rawId: text(found.rawId),
    type: found.type,
    response: {
      clientDataJSON: text(clientDataJSON),
      authenticatorData: text(authenticatorData),
      signature: text(signature),
      userHandle: userHandle ? text(userHandle) : null,
    },
  };
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  const said = form.querySelector("[data-passkey-said]");
  // Until this script is there, a press would send the form without an answer.
  const button = form.querySelector("button[type=submit]");
  button.disabled = false;
  button.removeAttribute("aria-disabled");
  form.addEventListener("submit", async (event) => {
    if (!form.checkValidity()) return; // The page says what is missing, before the device makes anything.
    event.preventDefault();
    if (!window.PublicKeyCredential) {
      said.textContent = "This browser knows no passkeys. Use another browser or another way.";
      return;
    }
    said.textContent = "Your browser asks you now.";
    try {
      const ask = form.dataset.passkey === "create" ? created : shown;
      form.elements.answer.value = JSON.stringify(await ask(JSON.parse(form.dataset.asked)));
    } catch (error) {
      said.textContent =
        error.name === "InvalidStateError"
          ? "This device or key has a passkey of yours already."
          : "No passkey was shown. Press the button to try again, or choose another way.";
      return;
    }
    form.submit();
  });
}
