internal import AccountsAPI
internal import Kernel
internal import Pages

/// The inputs of the web face's own forms; their words come from the glossary as everywhere.
enum OwnForms {
  struct Address: Codable, Sendable { let email: EmailAddress }
  struct Code: Codable, Sendable { let code: Text<40> }
  struct Welcome: Codable, Sendable {
    let name: Name
    let email: EmailAddress
  }
  struct NewPasskey: Codable, Sendable {
    let name: Name
    let clientDataJSON: String
    let attestationObject: String
  }
  struct One: Codable, Sendable { let key: Text<200> }

  static func schema(_ form: String) -> JSONSchema? {
    switch form {
    case "web.sign-in", "web.add-address": .reflecting(Address.self)
    case "web.code", "web.totp", "web.recovery", "web.confirm-totp", "web.confirm-address":
      .reflecting(Code.self)
    case "web.welcome": .reflecting(Welcome.self)
    case "web.passkey": .reflecting(PasskeyAssertion.self)
    case "web.add-passkey": .reflecting(NewPasskey.self)
    case "web.end", "web.remove-factor", "web.remove-address", "web.wear": .reflecting(One.self)
    case _ where form.hasPrefix("web."): .reflecting(Nothing.self)
    default: nil
    }
  }
}

/// Coming in: by letter, by code, with a second step.
struct SignInPages: Sendable {
  let accounts: any AccountsAPI
  let clock: Clock

  var pages: [OwnPage] { [begin, code, link, second, welcome, invitation, guide] }

  private static let title = Words(en: "Sign in", fr: "Se connecter")

  private static let beginPasskey = Form(
    "web.begin-passkey",
    button: Words(en: "Sign in with a passkey", fr: "Se connecter avec une clé d’accès"),
    then: .here(title))

  private static func asking(_ request: PasskeyRequest, otherwise: Link) -> Acted {
    .asked(
      PageContent(
        title: Words(en: "Your passkey, please", fr: "Votre clé d’accès, s’il vous plaît")
      ) {
        Block.paragraph(
          en: "Your browser asks for it: confirm with your finger, your face or your code.",
          fr:
            "Votre navigateur la demande : confirmez avec votre doigt, votre visage ou votre code.")
      }, Ceremony(request, cancel: otherwise), request.browser.map { [.passkey($0)] } ?? [])
  }

  private var begin: OwnPage {
    OwnPage("/sign-in") { guest, _ in
      PageContent(title: Self.title) {
        if guest.visitor != nil {
          Block.notice(
            .info, Words(en: "You are signed in.", fr: "Vous êtes connecté."),
            links: [Link(Words(en: "Go to your home page", fr: "Aller à votre accueil"), "/")])
        }
        Block.paragraph(
          en:
            "Give the address we write to. You get an e-mail with a link and a code; no password is needed.",
          fr:
            "Indiquez l’adresse à laquelle nous vous écrivons. Vous recevrez un courriel avec un lien et un code ; aucun mot de passe n’est demandé."
        )
        Block.form(
          "web.sign-in", [FormField("email", autocomplete: "email")],
          button: Words(en: "Send me the e-mail", fr: "Recevoir le courriel"),
          then: .here(Self.title)
        )
        if Ceremony.isPossible(at: guest.visit.origin) {
          Block.section(
            Words(en: "You have a passkey here?", fr: "Vous avez une clé d’accès ici ?")
          ) {
            Block.actions(.form(Self.beginPasskey))
          }
        }
      }
    } act: { form, input, guest, _ in
      switch form {
      case "web.begin-passkey":
        let request = try await accounts.beginPasskeySignIn(guest.visit)
        return Self.asking(
          request,
          otherwise: Link(
            Words(en: "Sign in by e-mail", fr: "Se connecter par courriel"), "/sign-in")
        )
      case "web.passkey":
        return entered(
          try await accounts.signIn(
            with: try input.decoded(as: PasskeyAssertion.self), in: guest.passkey, guest.visit))
      default: break
      }
      let given = try input.decoded(as: OwnForms.Address.self)
      let secret = try await accounts.beginSignIn(at: given.email, guest.visit)
      return .led(to: "/sign-in/code", nil, [.browser(secret)])
    }
  }

  private var code: OwnPage {
    OwnPage("/sign-in/code") { _, _ in
      PageContent(title: Words(en: "Look at your e-mails", fr: "Consultez votre messagerie")) {
        Block.paragraph(
          en:
            "If the address is known here, an e-mail is on its way. Open its link in this browser, or type its code. Both are good for ten minutes.",
          fr:
            "Si l’adresse est connue ici, un courriel est en route. Ouvrez son lien dans ce navigateur, ou saisissez son code. Les deux sont valables dix minutes."
        )
        Block.form(
          "web.code", [FormField("code", as: .code)],
          button: Words(en: "Sign in", fr: "Se connecter"), then: .here(Self.title),
          cancel: Link(
            Words(en: "Ask for another e-mail", fr: "Demander un autre courriel"), "/sign-in"))
      }
    } act: { _, input, guest, _ in
      let given = try input.decoded(as: OwnForms.Code.self)
      let entry = try await accounts.enter(
        code: given.code.description, in: guest.browser, guest.visit)
      return entered(entry)
    }
  }

  private var link: OwnPage {
    OwnPage("/sign-in/link/{link}") { guest, fields in
      guard let secret = Secret(fields["link"] ?? "") else {
        throw AccountsError.link(.unknown)
      }
      let state = try await accounts.state(of: secret, in: guest.browser)
      guard state == .ready else { throw AccountsError.link(state) }
      return PageContent(title: Self.title) {
        Block.paragraph(
          en: "One click, and you are signed in on this device.",
          fr: "Un clic, et vous êtes connecté sur cet appareil.")
        Block.form(
          "web.confirm", [], button: Words(en: "Sign in now", fr: "Me connecter maintenant"),
          then: .here(Self.title))
      }
    } act: { _, _, guest, fields in
      guard let secret = Secret(fields["link"] ?? "") else { throw AccountsError.link(.unknown) }
      return entered(try await accounts.confirm(secret, in: guest.browser, guest.visit))
    }
  }

  private var second: OwnPage {
    OwnPage("/sign-in/second") { guest, _ in
      guard let visitor = guest.visitor else { throw AccountsError.signedOut }
      let ways: [SecondWay] = if case .give(let ways) = visitor.step { ways } else { [] }
      return PageContent(title: Words(en: "One more step", fr: "Encore une étape")) {
        if ways.contains(.passkey) {
          Block.actions(
            .form(
              Form(
                "web.begin-passkey",
                button: Words(en: "Use my passkey", fr: "Utiliser ma clé d’accès"),
                then: .here(Self.title))))
        }
        if ways.contains(.totp) {
          Block.form(
            "web.totp",
            title: Words(en: "With your code app", fr: "Avec votre application de codes"),
            [FormField("code", as: .code)], button: Words(en: "Go on", fr: "Continuer"),
            then: .here(Self.title))
        }
        if ways.contains(.recoveryCode) {
          Block.form(
            "web.recovery",
            title: Words(
              en: "With one of your recovery codes", fr: "Avec l’un de vos codes de secours"),
            [FormField("code")], button: Words(en: "Use this code", fr: "Utiliser ce code"),
            then: .here(Self.title))
        }
        if ways.isEmpty {
          Block.links(Link(Words(en: "Go to your home page", fr: "Aller à votre accueil"), "/"))
        }
      }
    } act: { form, input, guest, _ in
      guard let session = guest.session else { throw AccountsError.signedOut }
      switch form {
      case "web.begin-passkey":
        return Self.asking(
          try await accounts.beginPasskeyStep(session: session, guest.visit),
          otherwise: Link(
            Words(en: "Another way", fr: "Un autre moyen"), "/sign-in/second"))
      case "web.passkey":
        return entered(
          try await accounts.enter(
            passkey: try input.decoded(as: PasskeyAssertion.self), session: session, guest.visit))
      default: break
      }
      let code = try input.decoded(as: OwnForms.Code.self).code.description
      return form == "web.totp"
        ? entered(try await accounts.enter(totp: code, session: session, guest.visit))
        : entered(try await accounts.enter(recoveryCode: code, session: session, guest.visit))
    }
  }

  private var welcome: OwnPage {
    OwnPage("/welcome/{secret}") { _, fields in
      guard let secret = Secret(fields["secret"] ?? ""),
        try await accounts.isOpen(firstAdministrator: secret)
      else { throw AccountsError.invitation(.unknown) }
      return PageContent(title: Words(en: "Welcome", fr: "Bienvenue")) {
        Block.paragraph(
          en: "You are the first here. Say who you are; then you add a second factor.",
          fr:
            "Vous êtes la première personne ici. Dites qui vous êtes ; vous ajouterez ensuite un second facteur."
        )
        Block.form(
          "web.welcome",
          [FormField("name", autocomplete: "name"), FormField("email", autocomplete: "email")],
          button: Words(en: "Begin", fr: "Commencer"), then: .here(Self.title))
      }
    } act: { _, input, guest, fields in
      guard let secret = Secret(fields["secret"] ?? "") else {
        throw AccountsError.invitation(.unknown)
      }
      let given = try input.decoded(as: OwnForms.Welcome.self)
      return entered(
        try await accounts.makeFirstAdministrator(
          secret, name: given.name, address: given.email, guest.visit))
    }
  }

  private var invitation: OwnPage {
    OwnPage("/invitation/{secret}") { _, fields in
      guard let secret = Secret(fields["secret"] ?? "") else {
        throw AccountsError.invitation(.unknown)
      }
      let shown = try await accounts.invitation(secret)
      return PageContent(title: Words(en: "You are invited", fr: "Vous êtes invité")) {
        Block.facts(
          Fact(en: "Name", fr: "Nom", .text(shown.name)),
          Fact(en: "Address", fr: "Adresse", .email(shown.address)),
          Fact(en: "Role", fr: "Rôle", .words(JSONSchema.words(of: shown.role.rawValue))))
        Block.form(
          "web.accept", [], button: Words(en: "Accept", fr: "Accepter"), then: .here(Self.title))
      }
    } act: { _, _, guest, fields in
      guard let secret = Secret(fields["secret"] ?? "") else {
        throw AccountsError.invitation(.unknown)
      }
      return .led(
        to: "/sign-in/code", nil,
        [.browser(try await accounts.acceptInvitation(secret, guest.visit))])
    }
  }

  /// Of a demonstration: as one of its people, without a letter.
  private var guide: OwnPage {
    OwnPage(AccountsPath.lookAround + "{secret}") { _, fields in
      guard let secret = Secret(fields["secret"] ?? "") else {
        throw AccountsError.guide(.unknown)
      }
      let shown = try await accounts.guide(secret)
      return PageContent(title: Words(en: "Look around", fr: "Visiter")) {
        Block.facts([
          Fact(en: "Name", fr: "Nom", .optional(shown.name) { .text($0) }),
          Fact(en: "Here as", fr: "Ici au titre de", .list(shown.hats.map { .words($0) })),
        ])
        Block.paragraph(
          en:
            "This is a demonstration: its people are invented, and so you may be one of them. What you change stays in the folder of the demonstration.",
          fr:
            "Ceci est une démonstration : ses personnes sont inventées, et vous pouvez donc être l’une d’elles. Ce que vous changez reste dans le dossier de la démonstration."
        )
        Block.form(
          "web.look-around", [], button: Words(en: "Come in", fr: "Entrer"),
          then: .here(Self.title))
      }
    } act: { _, _, guest, fields in
      guard let secret = Secret(fields["secret"] ?? "") else {
        throw AccountsError.guide(.unknown)
      }
      return entered(try await accounts.lookAround(secret, guest.visit))
    }
  }

  private func entered(_ entry: Entry) -> Acted {
    let cookies = [
      Cookie.session(entry, at: clock.now), .ended(Cookie.browserName),
      .ended(Cookie.passkeyName),
    ]
    return switch entry.step {
    case .give: .led(to: "/sign-in/second", nil, cookies)
    case .enrol:
      .led(
        to: "/account/safety",
        Words(
          en: "You are signed in. Your work here wants a second factor: add one.",
          fr: "Vous êtes connecté. Votre rôle demande un second facteur : ajoutez-en un."), cookies)
    case .none:
      .led(to: "/", Words(en: "You are signed in.", fr: "Vous êtes connecté."), cookies)
    }
  }
}
