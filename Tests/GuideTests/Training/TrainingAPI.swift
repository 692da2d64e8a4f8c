public import Kernel
public import PartnersAPI

public enum CourseEntity {}
/// Which course of an edition.
public typealias CourseID = ID<CourseEntity>

/// Something volunteers of an edition can learn before their mission starts.
public struct Course: Codable, Hashable, Sendable {
  /// The same for good.
  public let id: CourseID
  /// Whose volunteers may come.
  public let edition: EditionID
  /// What volunteers choose it by.
  public let title: Name
  /// In the zone of the edition.
  public let day: Day
  /// How many there are, taken or not: 1 to 500.
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

/// A volunteer has a seat on a course. Said when staff or they take it, once.
public struct SeatBooked: Event {
  public let edition: EditionID?
  /// The course, which is still to come.
  public let course: CourseID
  /// Who has the seat, whoever took it.
  public let volunteer: VolunteerID

  public static let name = "training.seat-booked"
  public var aggregate: String { course.description }

  public init(edition: EditionID, course: CourseID, volunteer: VolunteerID) {
    self.edition = edition
    self.course = course
    self.volunteer = volunteer
  }
}

/// What Training refuses, and what to do about it.
public enum TrainingError: UserFacing, Equatable {
  /// Every seat of the course is taken.
  case full(Name)
  /// The course was held on this day.
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
