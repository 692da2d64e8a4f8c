internal import AccountsAPI
internal import Foundation
internal import Kernel
internal import Pages

/// What a browser's passkeys are asked, with the form that takes their answer.
struct Ceremony: Sendable {
  private let form: String
  private let question: JSON
  private let answers: [String]
  private let button: Words
  private let isNamed: Bool
  private let cancel: Link

  /// To show who one is.
  init(_ request: PasskeyRequest, cancel: Link) {
    form = "web.passkey"
    question = [
      "kind": "get", "challenge": .string(request.challenge),
      "rp": ["id": .string(request.relyingParty)],
      "known": .array(request.allowed.map { .string($0) }),
    ]
    answers = ["credential", "clientDataJSON", "authenticatorData", "signature"]
    button = Words(en: "Use my passkey", fr: "Utiliser ma clé d’accès")
    isNamed = false
    self.cancel = cancel
  }

  /// To add one.
  init(_ offer: PasskeyOffer, cancel: Link) {
    form = "web.add-passkey"
    question = [
      "kind": "create", "challenge": .string(offer.challenge),
      "rp": ["id": .string(offer.relyingParty), "name": .string(offer.relyingPartyName)],
      "user": [
        "id": .string(offer.user), "name": .string(offer.userName),
        "displayName": .string(offer.displayName),
      ],
      "known": .array(offer.excluded.map { .string($0) }),
    ]
    answers = ["clientDataJSON", "attestationObject"]
    button = Words(en: "Add the passkey", fr: "Ajouter la clé d’accès")
    isNamed = true
    self.cancel = cancel
  }

  /// Without the script the form says what else can be done, and has no button.
  func html(on path: String, token: String?, _ page: ContentRenderer) -> HTML {
    let say = page.say
    let hidden: [HTML] =
      ([("_form", form)] + (token.map { [("_token", $0)] } ?? [])
      + answers.map { ($0, "") }).map {
        "<input type=\"hidden\" name=\"\($0.0)\" value=\"\($0.1)\">"
      }
    let name: HTML =
      isNamed
      ? """
      <div class="field"><label for="passkey-name">\(say(Words(en: "What you call it", fr: "Comment vous l’appelez")))</label><span class="hint" id="passkey-name-hint">\(say(Words(en: "So that you know it again: “my phone”.", fr: "Pour la reconnaître : « mon téléphone ».")))</span><input type="text" id="passkey-name" name="name" aria-describedby="passkey-name-hint" required maxlength="100" value="\(say(Words(en: "My passkey", fr: "Ma clé d’accès")))"></div>
      """ : .nothing
    let without = Words(
      en: "Passkeys need scripts, and this browser runs none here. An e-mail or a code app do not.",
      fr:
        "Les clés d’accès demandent un script, et ce navigateur n’en exécute pas ici. Un courriel ou une application de codes s’en passent."
    )
    let failed = Words(
      en: "The browser gave no passkey. Try once more, or choose another way.",
      fr: "Le navigateur n’a pas donné de clé. Réessayez, ou choisissez un autre moyen.")
    let asked = (try? JSON.text(of: question)) ?? "{}"
    return """
      <form class="fill" method="post" action="\(path)" data-passkey="\(asked)">
      \(hidden)\(name)
      <p class="notice" data-without>\(say(without))</p>
      <p class="wrongtext" role="alert" data-failed hidden>\(say(failed))</p>
      <div class="actions"><button class="button" hidden>\(say(button))</button> \(page.html(cancel))</div>
      </form>
      """
  }

  /// Passkeys belong to a name: there are none for a bare number on the network.
  static func isPossible(at origin: String) -> Bool {
    guard let host = URLComponents(string: origin)?.host else { return false }
    return !host.contains(":") && host.contains { $0.isLetter }
  }
}
