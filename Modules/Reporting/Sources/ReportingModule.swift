public import Kernel
public import ProgrammesAPI
public import ReportingAPI

/// The report of an edition: every module's figures, and for each the rows behind it.
public struct ReportingModule: Module, ReportingAPI {
  public static let name = "report"
  public static let summary = Words(
    en: "the figures of an edition, and the rows behind each",
    fr: "les chiffres d’une édition, et les lignes derrière chacun")

  let host: Host
  let programmes: any ProgrammesAPI
  /// The figures of all modules, in the order of the report.
  let sources: [Figure]
  /// What its time is told by, likewise.
  let entries: [TimelineEntry]
  /// The name of the partner a contact speaks for.
  let ownPartner: @Sendable (Actor) async throws -> Name?
  /// Who runs the instance.
  let publisher: @Sendable () async throws -> Name?
  private let kept: KeptFigures

  /// `figures` and `timeline` are those of all modules in the order of the report; `publisher` says who runs the
  /// instance, `ownPartner` which partner a contact speaks for.
  public init(
    host: Host, programmes: any ProgrammesAPI, figures: [Figure], timeline: [TimelineEntry] = [],
    publisher: @escaping @Sendable () async throws -> Name? = { nil },
    ownPartner: @escaping @Sendable (Actor) async throws -> Name? = { _ in nil }
  ) {
    self.host = host
    self.programmes = programmes
    kept = KeptFigures(host.database)
    sources = figures
    entries = timeline
    self.publisher = publisher
    self.ownPartner = ownPartner
  }

  public func report(of edition: EditionID) async throws -> Report {
    let about = try await about(edition)
    return try await host.read { try report(about, in: $0) }
  }
}

/// The whole report without its rows.
struct ReportSummary: Codable, Sendable {
  let edition: ReportEdition
  let timeline: ReportTimeline
  let figures: [ReportLine]
}

extension ReportEdition {
  init(_ edition: Edition) {
    self.init(
      name: edition.name.description, theme: edition.theme.description,
      territory: edition.territory.description, format: edition.format, starts: edition.starts,
      ends: edition.ends)
  }
}

/// What is asked of the contracts before the figures are read.
private struct About: Sendable {
  let edition: Edition
  let halfDays: [HalfDay]
  var partner: Name?
  var publisher: Name?
  /// Where the data stood before any of it was asked.
  var mark: Int64?
}

extension ReportingModule {
  @UseCases public var endpoints: [Endpoint] {
    show
    trace
    rows
    document
  }

  struct OneEdition: Codable, Sendable {
    let edition: EditionID
  }
  struct Trace: Codable, Sendable {
    let edition: EditionID
    let figure: Name
  }

  struct Rows: Codable, Sendable {
    let edition: EditionID
    let figure: Name
    let after: PageMark?
    let limit: PageSize?
  }

  var show: UseCase<OneEdition, ReportSummary> {
    .query(
      "report.show", "/editions/{edition}/report", by: .staff(and: .partner),
      Words(en: "Show the figures of an edition", fr: "Montrer les chiffres d’une édition"),
      traits: [.shown(FiguresForPeople.summary)],
      asking: { (input: OneEdition, context) in
        let mark = try kept.mark()
        var about = try await about(input.edition)
        about.partner = try await ownPartner(context.actor)
        about.mark = mark
        return about
      }
    ) { (_: OneEdition, about, transaction) in
      let isStaff = transaction.actor.isStaff
      let edition = about.edition
      let known = try kept.figures(of: edition.id, at: about.mark) {
        KeptFigures.Of(
          timeline: try timeline(about, in: transaction),
          tallies: try sources.map { try $0.tallies(for: edition.id, in: transaction) })
      }
      return ReportSummary(
        edition: ReportEdition(edition), timeline: known.timeline,
        figures: zip(sources, known.tallies).map { figure, tallies in
          isStaff ? ReportLine(figure, tallies) : ReportLine(figure, tallies, for: about.partner)
        })
    }
  }

  var trace: UseCase<Trace, ReportFigure> {
    .query(
      "report.trace", "/editions/{edition}/report/figures/{figure}", by: .staff,
      Words(
        en: "Show the rows behind a figure", fr: "Montrer les lignes derrière un chiffre"),
      traits: [.shown(FiguresForPeople.figure)],
      asking: { (input: Trace, _) in try await programmes.edition(input.edition) }
    ) { (input: Trace, edition, transaction) in
      try ReportFigure.traced(figure(input.figure), of: edition.id, in: transaction)
    }
  }

  var rows: UseCase<Rows, Page<FigureRow>> {
    .query(
      "report.rows", "/editions/{edition}/report/figures/{figure}/rows", by: .staff,
      Words(
        en: "List the rows behind a figure, a page at a time",
        fr: "Lister les lignes derrière un chiffre, page par page"),
      asking: { (input: Rows, _) in try await programmes.edition(input.edition) }
    ) { (input: Rows, edition, transaction) in
      try Page(
        of: figure(input.figure).evidence(for: edition.id, in: transaction), after: input.after,
        limit: input.limit)
    }
  }

  private func figure(_ id: Name) throws -> Figure {
    guard let figure = sources.first(where: { $0.id == id.description }) else {
      throw Problem.notFound(Words(en: "figure", fr: "chiffre"), id)
    }
    return figure
  }

  var document: UseCase<OneEdition, Report> {
    .query(
      ReportingUseCases.document, "/editions/{edition}/report/document", by: .staff,
      Words(
        en: "The report as anybody may read it, with its rows, to be written out",
        fr: "Le rapport tel que chacun peut le lire, avec ses lignes, pour l’écrire"),
      asking: { (input: OneEdition, _) in try await about(input.edition) }
    ) { (_: OneEdition, about, transaction) in try report(about, in: transaction) }
  }

  private func about(_ edition: EditionID) async throws -> About {
    About(
      edition: try await programmes.edition(edition),
      halfDays: try await programmes.halfDays(of: edition),
      publisher: try await publisher())
  }

  private func timeline(_ about: About, in connection: any Connection) throws -> ReportTimeline {
    try ReportTimeline(
      entries, of: about.edition.id, halfDays: about.halfDays, zone: about.edition.zone,
      in: connection)
  }

  /// As anybody may see it.
  private func report(_ about: About, in connection: any Connection) throws -> Report {
    let edition = about.edition
    let isOver = edition.state == .closed
    var head = ReportEdition(edition)
    head.publisher = about.publisher?.description
    return Report(
      edition: head, timeline: try timeline(about, in: connection),
      figures: try sources.map {
        try ReportFigure.shared($0, of: edition.id, isOver: isOver, in: connection)
      })
  }
}
