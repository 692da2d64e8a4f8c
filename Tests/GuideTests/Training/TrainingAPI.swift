public import Kernel
public import PartnersAPI

public enum CourseEntity {}
public typealias CourseID = ID<CourseEntity>

/// Something volunteers of an edition can learn before their mission starts.
public struct Course: Codable, Hashable, Sendable {
  public let id: CourseID
  public let edition: EditionID
  public let title: Name
  public let day: Day
  public let seats: Int

  public init(id: CourseID, edition: EditionID, title: Name, day: Day, seats: Int) {
    self.id = id
    self.edition = edition
    self.title = title
    self.day = day
    self.seats = seats
  }
}

/// What other modules may ask about training.
public protocol TrainingAPI: Sendable {
  /// The courses of an edition, in order of time; none when there is no such edition.
  func courses(of edition: EditionID) async throws -> [Course]
}

/// A volunteer has a seat on a course.
public struct SeatBooked: Event {
  public let edition: EditionID?
  public let course: CourseID
  public let volunteer: VolunteerID

  public static let name = "training.seat-booked"
  public var aggregate: String { course.description }

  public init(edition: EditionID, course: CourseID, volunteer: VolunteerID) {
    self.edition = edition
    self.course = course
    self.volunteer = volunteer
  }
}

public enum TrainingError: UserFacing, Equatable {
  case full(Name)
  case over(Day)

  public var problem: Problem {
    switch self {
    case .full(let title):
      Problem(
        "training/full", status: 409,
        title: Words(en: "No seat left", fr: "Plus de place"),
        detail: Words(
          en: "Every seat of “\(title)” is taken.",
          fr: "Toutes les places de « \(title) » sont prises."),
        advice: Words(
          en: "Choose another course: `parvis training courses` shows the free seats.",
          fr: "Choisissez un autre cours : `parvis training courses` montre les places libres."))
    case .over(let day):
      Problem(
        "training/over", status: 409,
        title: Words(en: "Already held", fr: "Déjà passé"),
        detail: Words(
          en: "This course was held on \(day).", fr: "Ce cours a eu lieu le \(day)."))
    }
  }
}
