internal import Kernel
internal import Pages
internal import ProgrammesAPI

/// The edition on one page, for the programme manager: where each stage stands, what waits for whom and
/// since when, what is late.
struct OverviewModule: Module {
  static let name = "overview"
  static let summary = Words(en: "the edition on one page", fr: "l’édition sur une page")

  let host: Host
  let programmes: any ProgrammesAPI
  let others: [any Module]

  var endpoints: [Endpoint] { [] }
}

extension OverviewModule: PortalModule {
  var pages: [PortalPage] { [editionPage] }

  private struct OneEdition: Codable, Sendable {
    let edition: EditionID
  }
  private struct Around: Sendable {
    let edition: Edition
    let tasks: [WaitingTask]
    /// What a manager opens for an edition: those of the other modules with only the edition in their path.
    let doors: [PortalPage]
  }

  private var editionPage: PortalPage {
    PortalPage(
      "overview.edition", "/editions/{edition}", by: .staff,
      Words(en: "An edition", fr: "Une édition"),
      asking: { (input: OneEdition, context) in
        var tasks: [WaitingTask] = []
        for module in others {
          tasks += try await module.tasks(for: context.actor, at: context.now)
        }
        return Around(
          edition: try await programmes.edition(input.edition),
          tasks: tasks.sorted { ($0.since, $0.title.en) < ($1.since, $1.title.en) },
          doors: others.flatMap(\.portalPages).filter {
            $0.pathFields == ["edition"] && $0.path.hasPrefix("/editions/{edition}/")
              && !$0.path.hasSuffix("/new") && $0.callers.contains(context.actor.role)
          })
      }
    ) { (input: OneEdition, around, transaction) in
      let edition = around.edition
      let today = edition.zone.day(of: transaction.now)
      let late = around.tasks.filter { $0.due.map { $0 <= transaction.now } ?? false }
      let figures = try others.flatMap(\.figures).map { figure in
        (figure, try figure.evidence(for: edition.id, in: transaction))
      }
      return PageContent(
        title: Words(edition.name.description), lead: Words(edition.theme.description),
        trail: [Link(Words(en: "Editions", fr: "Éditions"), "/editions")]
      ) {
        Block.facts([
          Fact(en: "From", fr: "Du", .day(edition.starts)),
          Fact(en: "To", fr: "Au", .day(edition.ends)),
          Fact(en: "Where", fr: "Où", .text(edition.territory)),
          Fact(en: "How", fr: "Comment", .words(JSONSchema.words(of: edition.format.rawValue))),
          Fact(
            en: "State", fr: "État",
            .tag(edition.state.words, edition.state == .open ? .good : .plain)),
        ])
        Block.tiles([
          Tile(
            .number(around.tasks.count),
            Words(en: "things wait for you", fr: "choses vous attendent")),
          Tile(.number(late.count), Words(en: "are late", fr: "sont en retard")),
          Tile(
            .number(
              around.tasks.first.map { edition.zone.day(of: $0.since).days(until: today) } ?? 0),
            Words(en: "days for the oldest", fr: "jours pour la plus ancienne")),
        ])
        Block.table(queue(around.tasks, today, edition, at: transaction.now))
        Block.section(Words(en: "Where each stage stands", fr: "Où en est chaque étape")) {
          Block.table(stages(figures))
        }
        Block.section(Words(en: "Open", fr: "Ouvrir")) {
          Block.links(
            around.doors.map {
              Link($0.title, $0.path.replacing("{edition}", with: edition.id.description))
            })
        }
      }
    }
  }

  private func queue(
    _ tasks: [WaitingTask], _ today: Day, _ edition: Edition, at now: Instant
  ) -> Table {
    Table(
      Words(en: "What waits, the oldest first", fr: "Ce qui attend, le plus ancien d’abord"),
      columns: [
        Column(en: "What", fr: "Quoi"), Column(en: "Whose", fr: "De qui"),
        Column(en: "For days", fr: "Depuis (jours)", number: true),
        Column(en: "Due", fr: "Échéance"),
        Column(en: "State", fr: "État"),
      ],
      rows: tasks.map { task in
        let isLate = task.due.map { $0 <= now } ?? false
        return TableRow(
          [
            .words(task.title), .optional(task.owner) { .text($0) },
            .number(max(0, edition.zone.day(of: task.since).days(until: today))),
            .optional(task.due) { .day(edition.zone.day(of: $0)) },
            isLate
              ? .tag(Words(en: "late", fr: "en retard"), .bad)
              : .tag(Words(en: "waits", fr: "en attente"), .info),
          ], page: task.page)
      }, empty: Words(en: "Nothing waits for you.", fr: "Rien ne vous attend."), csv: "queue")
  }

  private func stages(_ figures: [(Figure, [FigureRow])]) -> Table {
    Table(
      Words(en: "Figures of the edition", fr: "Chiffres de l’édition"),
      columns: [
        Column(en: "Figure", fr: "Chiffre"), Column(en: "Stage", fr: "Étape"),
        Column(en: "Value", fr: "Valeur", number: true),
      ],
      rows: figures.map { figure, rows in
        let value = figure.aggregate.applied(to: rows.map(\.value))
        let shown: PageValue =
          switch figure.unit {
          case .count, .days: .number(value)
          case .hours: .minutes(value)
          case .score: .hundredths(value)
          }
        let module = String(figure.id.prefix { $0 != "." })
        return TableRow([.words(figure.title), .words(ReportWords.section(module)), shown])
      }, empty: Words(en: "No figures yet.", fr: "Aucun chiffre pour l’instant."), csv: "figures")
  }
}

extension EditionState {
  fileprivate var words: Words {
    switch self {
    case .planned: Words(en: "planned", fr: "prévue")
    case .open: Words(en: "open", fr: "ouverte")
    case .closed: Words(en: "closed", fr: "close")
    }
  }
}
