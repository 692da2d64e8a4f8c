internal import AccountsAPI
internal import Kernel
internal import Pages

/// Home, and what every site must say about itself.
struct HomePages: Sendable {
  let platform: Platform
  let hasAccounts: Bool
  let house: OperatorModule?
  let hasReport: @Sendable () -> Bool

  /// How many things are listed before the rest is folded away.
  private static let atOnce = 8

  var pages: [OwnPage] { [home, accessibility, privacy, imprint] }

  private var home: OwnPage {
    OwnPage("/") { guest, _ in
      guard let visitor = guest.visitor else { return welcome(guest.house) }
      var waiting: [(hat: Hat, tasks: [WaitingTask])] = []
      for hat in visitor.hats {
        waiting.append((hat, try await tasks(of: visitor.acting(as: hat))))
      }
      return content(visitor, waiting)
    }
  }

  /// What waits for somebody under one hat, the most urgent first.
  func tasks(of actor: Actor) async throws -> [WaitingTask] {
    var all: [WaitingTask] = []
    for module in platform.modules {
      all += try await module.tasks(for: actor, at: platform.clock.now)
    }
    return all.sorted {
      ($0.due?.milliseconds ?? .max, $0.since) < ($1.due?.milliseconds ?? .max, $1.since)
    }
  }

  private func content(
    _ visitor: Visitor, _ waiting: [(hat: Hat, tasks: [WaitingTask])]
  ) -> PageContent {
    PageContent(
      title: Words(en: "What waits for you", fr: "Ce qui vous attend"),
      over: visitor.name.map { Words($0.description) }
    ) {
      if !visitor.withheld.isEmpty {
        Block.notice(
          .warning, Words(en: "A second factor is needed", fr: "Un second facteur est nécessaire"),
          Words(
            en: "For: \(visitor.withheld.map(\.label.en).joined(separator: "; ")).",
            fr: "Pour : \(visitor.withheld.map(\.label.fr).joined(separator: " ; "))."),
          links: [Link(Words(en: "Add one", fr: "En ajouter un"), "/account/safety")])
      }
      if waiting.isEmpty, visitor.withheld.isEmpty {
        Block.paragraph(
          en: "Nothing is under your address yet.", fr: "Rien n’est encore à votre adresse.")
      }
      for (hat, tasks) in waiting {
        Block.section(hat.label) {
          if tasks.isEmpty {
            Block.paragraph(
              en: "Nothing waits for you. You get an e-mail when something does.",
              fr: "Rien ne vous attend. Un courriel vous préviendra.")
          } else {
            let lines = tasks.map { line($0, under: hat, of: visitor) }
            Block.tasks(Array(lines.prefix(Self.atOnce)))
            if lines.count > Self.atOnce {
              let more = lines.count - Self.atOnce
              Block.details(
                Words(en: "\(more) more", fr: "\(more) de plus"),
                [.tasks(Array(lines.dropFirst(Self.atOnce)))])
            }
          }
          let own = platform.pages.filter { $0.inMenu && $0.callers.contains(hat.grant.role) }
          if !own.isEmpty {
            Block.links(own.map { Link($0.title, address($0.path, under: hat, of: visitor)) })
          }
        }
      }
    }
  }

  private func address(_ path: String, under hat: Hat, of visitor: Visitor) -> String {
    guard hat != visitor.hat else { return path }
    return path + (path.contains("?") ? "&" : "?") + "as=" + Target.encoded(hat.grant.description)
  }

  private func line(_ task: WaitingTask, under hat: Hat, of visitor: Visitor) -> TaskLine {
    let late = task.due.map { $0 < platform.clock.now } ?? false
    let due = task.due.map { platform.clock.zone.day(of: $0) }
    let state =
      due.map {
        StateTag(
          Words(en: "by \($0.shown(in: .en))", fr: "avant le \($0.shown(in: .fr))"),
          late ? .bad : .info)
      } ?? StateTag(Words(en: "to do", fr: "à faire"))
    let since = platform.clock.zone.day(of: task.since)
    var hint = Words(
      en: "Since \(since.shown(in: .en))", fr: "Depuis le \(since.shown(in: .fr))")
    if let owner = task.owner {
      hint = Words(en: "\(owner). \(hint.en)", fr: "\(owner). \(hint.fr)")
    }
    let count = task.count > 1 ? " (\(task.count))" : ""
    return TaskLine(
      Words(en: task.title.en + count, fr: task.title.fr + count), hint: hint, state: state,
      page: address(task.page, under: hat, of: visitor))
  }

  private func welcome(_ house: OperatorRow?) -> PageContent {
    let open = platform.pages.filter { $0.inMenu && $0.callers.contains(.anyone) }
    return PageContent(
      title: Words(
        en: "Skills for those who need them", fr: "Des compétences pour qui en a besoin"),
      over: house?.name.map { Words($0.description) },
      lead: Words(
        en:
          "Associations say what they need. Teams of volunteers from companies and public bodies work on it with them, for months, until something useful stays.",
        fr:
          "Des associations disent leurs besoins. Des équipes de volontaires d’entreprises et d’organismes publics y travaillent avec elles, des mois durant, jusqu’à ce que quelque chose d’utile en reste."
      )
    ) {
      Block.section(Words(en: "You are an association", fr: "Vous êtes une association")) {
        Block.paragraph(
          en:
            "Apply to a call, alone or with colleagues. You write at your own pace; what you save is kept.",
          fr:
            "Candidatez à un appel, seul ou avec des collègues. Vous rédigez à votre rythme ; ce qui est enregistré est gardé."
        )
        Block.links(open.map { Link($0.title, $0.path) })
      }
      if hasAccounts {
        Block.section(
          Words(
            en: "You have had an e-mail from us", fr: "Vous avez reçu un courriel de notre part")
        ) {
          Block.paragraph(
            en:
              "Volunteers, associations, partners, reviewers and staff all come in the same way, without a password.",
            fr:
              "Volontaires, associations, partenaires, jury et équipe entrent tous par la même porte, sans mot de passe."
          )
          Block.links(
            Link(
              Words(en: "Sign in", fr: "Se connecter"), "/sign-in",
              note: .words(
                en: "With the address we write to", fr: "Avec l’adresse à laquelle nous écrivons")))
        }
      }
      Block.section(Words(en: "You want to know more", fr: "Vous voulez en savoir plus")) {
        Block.links(
          (hasReport()
            ? [
              Link(
                Words(en: "The latest report", fr: "Le dernier bilan"), "/report/",
                note: .words(
                  en: "Every figure opens to the rows behind it",
                  fr: "Chaque chiffre s’ouvre sur les lignes dont il vient"))
            ] : [])
            + [
              Link(
                Words(en: "For programs: the interface", fr: "Pour les programmes : l’interface"),
                "/openapi.json", note: .words(en: "OpenAPI 3.1", fr: "OpenAPI 3.1"))
            ])
      }
    }
  }

  private var accessibility: OwnPage {
    OwnPage("/accessibility") { guest, _ in
      PageContent(title: Words(en: "Accessibility", fr: "Accessibilité")) {
        if let own = guest.house?.accessibility { Block.paragraph(own) }
        Block.paragraph(
          en:
            "These pages are made to work without scripts, by keyboard alone, at 320 pixels, with text twice as large, in dark and on paper. They aim at WCAG 2.2, level AA, and RGAA 4.1.",
          fr:
            "Ces pages sont faites pour marcher sans script, au clavier seul, à 320 pixels, avec un texte deux fois plus grand, en sombre et sur papier. Elles visent les WCAG 2.2, niveau AA, et le RGAA 4.1."
        )
        Block.paragraph(
          en:
            "What is tested: each page listed by the tests, in both languages, at 320 and 1280 pixels, with axe-core. No audit by people was made yet, so no conformance is claimed.",
          fr:
            "Ce qui est testé : chaque page des tests, dans les deux langues, à 320 et 1280 pixels, avec axe-core. Aucun audit humain n’a encore eu lieu : aucune conformité n’est déclarée."
        )
        Block.paragraph(
          en:
            "Something stands in your way? Write to the programme manager: their address is in every e-mail.",
          fr:
            "Quelque chose vous gêne ? Écrivez au responsable de programme : son adresse figure dans chaque courriel."
        )
      }
    }
  }

  private var privacy: OwnPage {
    OwnPage("/privacy") { guest, _ in
      PageContent(title: Words(en: "Privacy", fr: "Vie privée")) {
        if let own = guest.house?.privacy { Block.paragraph(own) }
        Block.paragraph(
          en:
            "This site sets cookies only where you sign in, choose a language or send a form. It loads nothing from elsewhere and counts nobody.",
          fr:
            "Ce site ne pose de cookies que lorsque vous vous connectez, choisissez une langue ou envoyez un formulaire. Il ne charge rien d’ailleurs et ne mesure pas l’audience."
        )
        Block.paragraph(
          en:
            "Who signed in, and what they changed, is kept in the audit log. Ask the operator for your data, or to have it corrected or erased.",
          fr:
            "Qui s’est connecté et ce qui a été modifié est conservé dans le journal. Adressez-vous à l’opérateur pour accéder à vos données, les corriger ou les effacer."
        )
      }
    }
  }

  private var imprint: OwnPage {
    OwnPage("/imprint") { guest, _ in
      PageContent(title: Words(en: "Imprint", fr: "Mentions légales")) {
        if let own = guest.house?.imprint { Block.paragraph(own) }
        if let house = guest.house, house.name != nil || house.address != nil {
          Block.facts([
            Fact(en: "Run by", fr: "Exploité par", .optional(house.name) { .text($0) }),
            Fact(en: "Address", fr: "Adresse", .optional(house.address) { .text($0) }),
            Fact(en: "E-mail", fr: "Courriel", .optional(house.email) { .email($0) }),
          ])
        } else {
          Block.paragraph(
            en:
              "This instance of Parvis is run by the operator whose name and address stand in its e-mails.",
            fr:
              "Cette instance de Parvis est exploitée par l’opérateur dont le nom et l’adresse figurent dans ses courriels."
          )
        }
        Block.paragraph(
          en: "Parvis is free software.", fr: "Parvis est un logiciel libre.")
      }
    }
  }
}
