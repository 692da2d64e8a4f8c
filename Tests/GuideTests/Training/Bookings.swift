internal import Kernel
internal import PartnersAPI

enum BookingEntity {}

struct BookingRow: Record {
  static let table = "training_booking"

  let id: ID<BookingEntity>
  let editionId: EditionID
  let course: CourseID
  let volunteer: VolunteerID
  let bookedAt: Instant
}

extension Connection {
  func seatsTaken(on course: CourseID) throws -> Int {
    try count(BookingRow.self, "WHERE course = \(course)")
  }
}

/// Who may do what. What one may not see answers like what is not there.
enum TrainingPolicy {
  /// Staff book for everybody, volunteers for themselves.
  static func mayAct(for volunteer: VolunteerID, _ actor: Actor) -> Bool {
    actor.isStaff || actor.subject(as: .volunteer, VolunteerID.self) == volunteer
  }

  static func require(_ actor: Actor, actingFor volunteer: VolunteerID) throws {
    guard mayAct(for: volunteer, actor) else {
      throw Problem.notFound(Words(en: "volunteer", fr: "volontaire"), volunteer)
    }
  }
}

extension TrainingModule {
  @UseCases var aboutBookings: [Endpoint] {
    book
    cancel
  }

  struct Seat: Codable, Sendable {
    let course: CourseID
    let volunteer: VolunteerID
  }

  var book: UseCase<Seat, BookingRow> {
    .command(
      "training.book", .post, "/courses/{course}/bookings", by: .staff(and: .volunteer),
      Words(en: "Take a seat on a course", fr: "Prendre une place à un cours"),
      problems: ["training/full", "training/over"],
      asking: { input, context in
        // Before anything is asked for, so that nobody learns about others.
        try TrainingPolicy.require(context.actor, actingFor: input.volunteer)
        return try await partners.volunteer(input.volunteer)
      }
    ) { input, volunteer, transaction in
      guard let course = try transaction.find(CourseRow.self, input.course),
        course.editionId == volunteer.edition
      else { throw Problem.notFound(CourseRow.noun, input.course) }
      // A second click gives the seat that is there.
      if let known = try transaction.booking(of: volunteer.id, on: course.id) { return known }
      guard course.day > Zone.paris.day(of: transaction.now) else {
        throw TrainingError.over(course.day)
      }
      guard try transaction.seatsTaken(on: course.id) < course.seats else {
        throw TrainingError.full(course.title)
      }
      let row = BookingRow(
        id: transaction.newID(), editionId: course.editionId, course: course.id,
        volunteer: volunteer.id, bookedAt: transaction.now)
      try transaction.insert(row)
      try transaction.emit(
        SeatBooked(edition: course.editionId, course: course.id, volunteer: volunteer.id))
      return row
    }
  }

  /// The third use case: this property, and its name in the list above.
  var cancel: UseCase<Seat, BookingRow> {
    .command(
      "training.cancel", .delete, "/courses/{course}/bookings/{volunteer}",
      by: .staff(and: .volunteer),
      Words(en: "Give a seat on a course back", fr: "Rendre une place à un cours")
    ) { input, transaction in
      try TrainingPolicy.require(transaction.actor, actingFor: input.volunteer)
      guard let booking = try transaction.booking(of: input.volunteer, on: input.course) else {
        throw Problem.notFound(CourseRow.noun, input.course)
      }
      try transaction.delete(BookingRow.self, booking.id)
      return booking
    }
  }

  /// Somebody who leaves the edition needs no seat. Said twice, it does nothing more.
  var freeSeats: Subscription {
    .on(VolunteerWithdrew.self, "training.free-seats") { event, transaction in
      try transaction.execute(
        "DELETE FROM training_booking WHERE volunteer = \(event.volunteer)")
    }
  }
}

extension Connection {
  fileprivate func booking(of volunteer: VolunteerID, on course: CourseID) throws -> BookingRow? {
    try first(BookingRow.self, "WHERE course = \(course) AND volunteer = \(volunteer)")
  }
}
