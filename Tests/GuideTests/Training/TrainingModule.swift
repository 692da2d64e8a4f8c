public import Kernel
public import Pages
public import PartnersAPI
public import ProgrammesAPI

/// Courses that volunteers take before their mission starts.
public struct TrainingModule: Module {
  public static let name = "training"
  public static let summary = Words(
    en: "courses for volunteers", fr: "cours pour les volontaires")

  let host: Host
  let programmes: any ProgrammesAPI
  let partners: any PartnersAPI

  public init(host: Host, programmes: any ProgrammesAPI, partners: any PartnersAPI) {
    self.host = host
    self.programmes = programmes
    self.partners = partners
  }

  public var endpoints: [Endpoint] {
    aboutCourses
    aboutBookings
  }
  public var subscriptions: [Subscription] { [freeSeats] }
}

extension TrainingModule: PortalModule {
  public var pages: [PortalPage] { [coursePage] }
}

extension TrainingModule: TrainingAPI {
  public func courses(of edition: EditionID) async throws -> [Course] {
    try await host.read { connection in
      try connection.select(
        CourseRow.self, "WHERE edition_id = \(edition) ORDER BY day, title"
      ).map(\.contract)
    }
  }
}

extension TrainingModule {
  public var migrations: [Migration] {
    [
      Migration(
        "training.1-create",
        """
        CREATE TABLE training_course (
          id TEXT PRIMARY KEY, edition_id TEXT NOT NULL, title TEXT NOT NULL, day TEXT NOT NULL,
          seats INTEGER NOT NULL CHECK (seats > 0), UNIQUE (edition_id, day, title))
        """,
        """
        CREATE TABLE training_booking (
          id TEXT PRIMARY KEY, edition_id TEXT NOT NULL,
          course TEXT NOT NULL REFERENCES training_course (id), volunteer TEXT NOT NULL,
          booked_at BIGINT NOT NULL, UNIQUE (course, volunteer))
        """)
    ]
  }
}

extension TrainingModule {
  public var figures: [Figure] {
    [
      Figure(
        "training.seats-booked",
        title: Words(en: "Seats booked on courses", fr: "Places prises aux cours"),
        by: Words(en: "course", fr: "cours")
      ) { edition, connection in
        try connection.rows(
          """
          SELECT b.id, c.title, c.day FROM training_booking b
          JOIN training_course c ON c.id = b.course
          WHERE b.edition_id = \(edition) ORDER BY c.day, c.title, b.booked_at
          """
        ).map { row in
          let title: String = try row.get("title")
          return FigureRow(
            "\(title), \(try row.get("day", as: String.self))", group: title,
            source: try row.get("id", as: String.self))
        }
      }
    ]
  }
}
