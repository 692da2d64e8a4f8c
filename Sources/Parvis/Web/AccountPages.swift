internal import AccountsAPI
internal import Kernel
internal import Pages

/// What somebody sees and decides about their own account.
struct AccountPages: Sendable {
  let accounts: any AccountsAPI
  let clock: Clock

  var pages: [OwnPage] { [account, safety, signOut] }

  private static let title = Words(en: "Your account", fr: "Votre compte")
  private static let trail = [Link(title, "/account")]

  private func form(
    _ name: String, for key: String? = nil, _ button: Words, tone: Tone = .plain
  ) -> Form {
    Form(
      name, fixed: key.map { ["key": .string($0)] } ?? [:], button: button, tone: tone,
      then: .here(Self.title))
  }

  private var account: OwnPage {
    OwnPage("/account") { guest, _ in
      guard let visitor = guest.visitor, let session = guest.session else {
        throw AccountsError.signedOut
      }
      let sessions = try await accounts.sessions(session: session)
      return PageContent(title: Self.title, lead: visitor.name.map { Words($0.description) }) {
        Block.section(Words(en: "What you are here", fr: "Ce que vous êtes ici"), id: "hats") {
          if visitor.hats.isEmpty {
            Block.paragraph(
              en: "Nothing yet under your addresses.", fr: "Rien encore sous vos adresses.")
          } else {
            Block.table(
              Table(
                Words(en: "Your hats", fr: "Vos titres"),
                columns: [Column(en: "Hat", fr: "Titre"), Column(en: "Now", fr: "Actuellement")],
                rows: visitor.hats.map { hat in
                  TableRow([
                    .words(hat.label),
                    hat == visitor.hat
                      ? .tag(Words(en: "You act as this", fr: "Vous agissez à ce titre"), .info)
                      : .button(
                        form(
                          "web.wear", for: hat.grant.description,
                          Words(
                            en: "Act as: \(hat.label.en)", fr: "Agir à ce titre : \(hat.label.fr)"))
                      ),
                  ])
                }, empty: Words("")))
          }
        }
        Block.section(Words(en: "Where you are signed in", fr: "Où vous êtes connecté")) {
          Block.table(
            Table(
              Words(en: "Sessions", fr: "Sessions"),
              columns: [
                Column(en: "Device", fr: "Appareil"), Column(en: "Network", fr: "Réseau"),
                Column(en: "Last seen", fr: "Dernière activité"), Column(en: "End", fr: "Fin"),
              ],
              rows: sessions.map { one in
                TableRow([
                  one.device.map { .text($0) } ?? .none, .text(one.network),
                  .moment(one.seen, clock.zone),
                  one.current
                    ? .tag(Words(en: "This one", fr: "Celle-ci"), .info)
                    : .button(
                      form(
                        "web.end", for: one.id.description, Words(en: "End it", fr: "Y mettre fin"))
                    ),
                ])
              }, empty: Words("")))
          Block.actions(
            .form(
              form(
                "web.everywhere", Words(en: "Sign out everywhere", fr: "Se déconnecter partout"),
                tone: .bad)))
        }
        Block.links(
          Link(
            Words(en: "Addresses and second factor", fr: "Adresses et second facteur"),
            "/account/safety"))
        if let hat = visitor.hat, hat.grant.role.needsSubject {
          Block.links(Link(Words(en: "My data", fr: "Mes données"), "/my-data"))
        }
      }
    } act: { form, input, guest, _ in
      guard let session = guest.session else { throw AccountsError.signedOut }
      switch form {
      case "web.wear":
        let key = try input.decoded(as: OwnForms.One.self).key.description
        guard let grant = Grant(key) else { throw AccountsError.notYourHat }
        let visitor = try await accounts.wear(grant, session: session)
        let label = visitor.hat?.label ?? Words("–")
        return .led(
          to: "/", Words(en: "You act as: \(label.en)", fr: "Vous agissez à ce titre : \(label.fr)")
        )
      case "web.end":
        let key = try input.decoded(as: OwnForms.One.self).key.description
        guard let id = SessionID(key) else { throw Problem.notOffered }
        try await accounts.end(id, session: session)
        return .led(
          to: "/account", Words(en: "That session has ended.", fr: "Cette session a pris fin."))
      case "web.everywhere":
        try await accounts.signOutEverywhere(session: session)
        return .led(to: "/sign-in", nil, [.ended(Cookie.sessionName)])
      default: throw Problem.notOffered
      }
    }
  }

  private var signOut: OwnPage {
    OwnPage("/sign-out") { _, _ in
      PageContent(title: Words(en: "Sign out", fr: "Se déconnecter")) {
        Block.form(
          "web.sign-out", [], button: Words(en: "Sign out", fr: "Se déconnecter"),
          then: .here(Self.title))
      }
    } act: { _, _, guest, _ in
      if let session = guest.session { try await accounts.signOut(session: session) }
      return .led(
        to: "/", Words(en: "You are signed out.", fr: "Vous êtes déconnecté."),
        [.ended(Cookie.sessionName)])
    }
  }

  private var safety: OwnPage {
    OwnPage("/account/safety") { guest, _ in
      guard let session = guest.session else { throw AccountsError.signedOut }
      return content(try await accounts.safety(session: session), offer: nil, guest)
    } act: { form, input, guest, _ in
      guard let session = guest.session else { throw AccountsError.signedOut }
      switch form {
      case "web.begin-totp":
        let offer = try await accounts.beginTOTP(session: session, guest.visit)
        return .shown(content(try await accounts.safety(session: session), offer: offer, guest))
      case "web.begin-passkey":
        return .asked(
          PageContent(
            title: Words(en: "A new passkey", fr: "Une nouvelle clé d’accès"), trail: Self.trail
          ) {
            Block.paragraph(
              en:
                "It stays on your device, or with whoever keeps your passwords; we only get what it can be known again by.",
              fr:
                "Elle reste sur votre appareil, ou dans votre gestionnaire de mots de passe ; nous n’en recevons que de quoi la reconnaître."
            )
          },
          Ceremony(
            try await accounts.beginPasskey(session: session, guest.visit),
            cancel: Link(
              Words(en: "Addresses and second factor", fr: "Adresses et second facteur"),
              "/account/safety")))
      case "web.add-passkey":
        let given = try input.decoded(as: OwnForms.NewPasskey.self)
        return enrolled(
          try await accounts.confirmPasskey(
            PasskeyRegistration(
              clientDataJSON: given.clientDataJSON, attestationObject: given.attestationObject),
            called: given.name, session: session, guest.visit),
          Words(en: "The passkey was added.", fr: "La clé d’accès est ajoutée."))
      case "web.confirm-totp":
        let code = try input.decoded(as: OwnForms.Code.self).code.description
        return enrolled(
          try await accounts.confirmTOTP(code: code, session: session, guest.visit),
          Words(en: "The code app was added.", fr: "L’application de codes est ajoutée."))
      case "web.recovery-codes":
        return .shown(codes(try await accounts.renewRecoveryCodes(session: session, guest.visit)))
      case "web.remove-factor":
        let key = try input.decoded(as: OwnForms.One.self).key.description
        guard let id = FactorID(key) else { throw Problem.notOffered }
        try await accounts.remove(id, session: session, guest.visit)
        return .led(to: "/account/safety", Words(en: "It was removed.", fr: "C’est retiré."))
      case "web.add-address":
        let address = try input.decoded(as: OwnForms.Address.self).email
        try await accounts.beginAddress(address, session: session, guest.visit)
        return .led(
          to: "/account/safety#addresses",
          Words(
            en: "If nothing stands in the way, an e-mail with a code went to that address.",
            fr: "Si rien ne s’y oppose, un courriel avec un code est parti à cette adresse."))
      case "web.confirm-address":
        let code = try input.decoded(as: OwnForms.Code.self).code.description
        try await accounts.confirmAddress(code: code, session: session, guest.visit)
        return .led(
          to: "/account/safety", Words(en: "The address is yours.", fr: "L’adresse est à vous."))
      case "web.remove-address":
        let key = try input.decoded(as: OwnForms.One.self).key.description
        guard let address = EmailAddress(key) else { throw Problem.notOffered }
        try await accounts.remove(address, session: session, guest.visit)
        return .led(to: "/account/safety", Words(en: "It was removed.", fr: "C’est retiré."))
      default: throw Problem.notOffered
      }
    }
  }

  private func enrolled(_ enrolled: Enrolled, _ said: Words) -> Acted {
    let cookie = Cookie.session(enrolled.entry, at: clock.now)
    guard !enrolled.recoveryCodes.isEmpty else {
      return .led(to: "/account/safety", said, [cookie])
    }
    return .shown(codes(enrolled.recoveryCodes), [cookie])
  }

  private func codes(_ codes: [String]) -> PageContent {
    PageContent(
      title: Words(en: "Keep these codes", fr: "Conservez ces codes"), trail: Self.trail
    ) {
      Block.notice(
        .warning,
        Words(en: "They are shown this once.", fr: "Ils ne sont montrés que cette fois."),
        Words(
          en:
            "Each lets you in once when your second factor is not at hand. Print them, or write them down.",
          fr:
            "Chacun vous laisse entrer une fois sans votre second facteur. Imprimez-les ou notez-les."
        ))
      Block.paragraph(.list(codes.map { .text($0) }))
      Block.links(Link(Words(en: "I have kept them", fr: "Je les ai conservés"), "/"))
    }
  }

  private func content(_ safety: Safety, offer: TOTPOffer?, _ guest: Guest) -> PageContent {
    PageContent(
      title: Words(en: "Addresses and second factor", fr: "Adresses et second facteur"),
      trail: Self.trail
    ) {
      Block.section(Words(en: "Second factor", fr: "Second facteur"), id: "factors") {
        if safety.isRequired, safety.factors.isEmpty {
          Block.notice(
            .warning, Words(en: "You need one", fr: "Il vous en faut un"),
            Words(
              en:
                "What you do here wants a second factor. Until you add one, that work is withheld.",
              fr: "Votre rôle demande un second facteur. D’ici là, ce travail reste fermé."))
        }
        Block.table(
          Table(
            Words(en: "What you have", fr: "Ce que vous avez"),
            columns: [
              Column(en: "Name", fr: "Nom"), Column(en: "Kind", fr: "Nature"),
              Column(en: "Since", fr: "Depuis"), Column(en: "Remove", fr: "Retirer"),
            ],
            rows: safety.factors.map { factor in
              TableRow([
                .text(factor.name), .words(JSONSchema.words(of: factor.kind.rawValue)),
                .moment(factor.since, clock.zone),
                .button(
                  form(
                    "web.remove-factor", for: factor.id.description,
                    Words(en: "Remove \(factor.name)", fr: "Retirer \(factor.name)"), tone: .bad)),
              ])
            }, empty: Words(en: "None yet.", fr: "Aucun pour l’instant.")))
        if let offer {
          Block.code(
            offer.uri,
            Words(
              en: "QR code of the secret that stands below in words",
              fr: "Code QR du secret qui figure en toutes lettres ci-dessous"))
          Block.facts(
            Fact(en: "Secret for the app", fr: "Secret pour l’application", .text(offer.secret)))
          Block.paragraph(
            en:
              "Scan the code with your code app, or type the secret into it (time-based, six digits); then type the code it shows.",
            fr:
              "Scannez le code avec votre application de codes, ou saisissez-y le secret (selon l’heure, six chiffres) ; puis tapez le code qu’elle affiche."
          )
        }
        // A wrong code is typed again; the app has the secret already.
        if offer != nil || guest.failed == "web.confirm-totp" {
          Block.form(
            "web.confirm-totp", title: Words(en: "Code of the app", fr: "Code de l’application"),
            [FormField("code", as: .code)],
            button: Words(en: "Confirm the app", fr: "Confirmer l’application"),
            then: .here(Self.title))
        } else {
          let app = form(
            "web.begin-totp", Words(en: "Add a code app", fr: "Ajouter une application de codes"))
          let passkey = form(
            "web.begin-passkey", Words(en: "Add a passkey", fr: "Ajouter une clé d’accès"))
          Block.actions(
            Ceremony.isPossible(at: guest.visit.origin)
              ? [PageAction.form(passkey), .form(app)] : [.form(app)])
        }
        if !safety.factors.isEmpty {
          Block.paragraph(
            en: "Recovery codes left: \(safety.recoveryCodesLeft).",
            fr: "Codes de secours restants : \(safety.recoveryCodesLeft).")
          Block.actions(
            .form(
              form(
                "web.recovery-codes",
                Words(en: "Make new recovery codes", fr: "Faire de nouveaux codes de secours"))))
        }
      }
      Block.section(Words(en: "Your addresses", fr: "Vos adresses"), id: "addresses") {
        Block.table(
          Table(
            Words(en: "Proved to be yours", fr: "Prouvées comme vôtres"),
            columns: [Column(en: "Address", fr: "Adresse"), Column(en: "Remove", fr: "Retirer")],
            rows: safety.addresses.map { address in
              TableRow([
                .text(address),
                safety.addresses.count == 1
                  ? .words(en: "Your only one", fr: "La seule")
                  : .button(
                    form(
                      "web.remove-address", for: address.description,
                      Words(en: "Remove \(address)", fr: "Retirer \(address)"), tone: .bad)),
              ])
            }, empty: Words("–")))
        Block.form(
          "web.add-address", title: Words(en: "Another address", fr: "Une autre adresse"),
          [FormField("email", autocomplete: "email")],
          button: Words(en: "Send a code there", fr: "Y envoyer un code"),
          then: .here(Self.title))
        Block.form(
          "web.confirm-address",
          title: Words(en: "The code that came there", fr: "Le code qui y est arrivé"),
          [FormField("code", as: .code)],
          button: Words(en: "Confirm the address", fr: "Confirmer l’adresse"),
          then: .here(Self.title))
      }
    }
  }
}
