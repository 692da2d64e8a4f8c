/// The one script of the portal: it hands the server's question to the browser's passkeys, and their
/// answer to the form. Served as a file, and only pages that ask for a passkey load it.
let passkeyScript = """
  "use strict";
  const form = document.querySelector("form[data-passkey]");
  const asked = JSON.parse(form.dataset.passkey);
  const button = form.querySelector("button");
  const failed = form.querySelector("[data-failed]");
  const bytes = (text) =>
    Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer)))
      .replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  const known = (ids) => ids.map((id) => ({ type: "public-key", id: bytes(id) }));

  async function answer() {
    if (asked.kind === "create") {
      const made = await navigator.credentials.create({ publicKey: {
        challenge: bytes(asked.challenge), rp: asked.rp,
        user: { ...asked.user, id: bytes(asked.user.id) },
        pubKeyCredParams: [{ type: "public-key", alg: -8 }, { type: "public-key", alg: -7 }],
        authenticatorSelection: { residentKey: "preferred", userVerification: "required" },
        excludeCredentials: known(asked.known), attestation: "none" } });
      return { clientDataJSON: made.response.clientDataJSON,
        attestationObject: made.response.attestationObject };
    }
    const given = await navigator.credentials.get({ publicKey: {
      challenge: bytes(asked.challenge), rpId: asked.rp.id, userVerification: "required",
      allowCredentials: known(asked.known) } });
    return { credential: given.rawId, clientDataJSON: given.response.clientDataJSON,
      authenticatorData: given.response.authenticatorData, signature: given.response.signature };
  }

  async function go() {
    failed.hidden = true;
    button.disabled = true;
    try {
      for (const [name, value] of Object.entries(await answer())) {
        form.elements[name].value = text(value);
      }
      form.submit();
    } catch {
      failed.hidden = false;
      button.disabled = false;
      button.focus();
    }
  }

  if (window.PublicKeyCredential) {
    form.querySelector("[data-without]").hidden = true;
    button.hidden = false;
    form.addEventListener("submit", (event) => { event.preventDefault(); go(); });
    if (asked.kind === "get") go();
  }

  """
