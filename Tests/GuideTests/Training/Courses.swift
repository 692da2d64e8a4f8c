internal import Kernel
internal import ProgrammesAPI

struct CourseRow: Record {
  static let table = "training_course"
  static let noun = Words(en: "course", fr: "cours")

  let id: CourseID
  let editionId: EditionID
  let title: Name
  let day: Day
  let seats: Int

  var contract: Course {
    Course(id: id, edition: editionId, title: title, day: day, seats: seats)
  }
}

extension TrainingModule {
  @UseCases var aboutCourses: [Endpoint] {
    planCourse
    listCourses
  }

  struct Plan: Codable, Sendable {
    let edition: EditionID
    let title: Name
    let day: Day
    let seats: Whole<1, 500>
  }

  var planCourse: UseCase<Plan, Course> {
    .command(
      "training.plan-course", .post, "/editions/{edition}/courses", by: .staff,
      Words(en: "Plan a course for volunteers", fr: "Prévoir un cours pour les volontaires"),
      asking: { input, _ in try await programmes.edition(input.edition) }
    ) { input, edition, transaction in
      let today = edition.zone.day(of: transaction.now)
      guard input.day > today, input.day <= edition.ends else {
        throw Problem.invalid(
          "day", en: "is not between tomorrow and \(edition.ends), when the edition ends",
          fr: "n’est pas entre demain et le \(edition.ends), fin de l’édition")
      }
      let row = CourseRow(
        id: transaction.newID(), editionId: edition.id, title: input.title, day: input.day,
        seats: input.seats.value)
      try transaction.insert(row)
      return row.contract
    }
  }

  struct OfEdition: Codable, Sendable {
    let edition: EditionID
  }
  struct CourseLine: Codable, Sendable {
    let title: Name
    let day: Day
    let seatsFree: Int
    let id: CourseID
  }

  var listCourses: UseCase<OfEdition, [CourseLine]> {
    .query(
      "training.courses", "/editions/{edition}/courses", by: .signedIn,
      Words(en: "List the courses with their free seats", fr: "Lister les cours et leurs places")
    ) { input, transaction in
      try transaction.select(
        CourseRow.self, "WHERE edition_id = \(input.edition) ORDER BY day, title"
      ).map { course in
        CourseLine(
          title: course.title, day: course.day,
          seatsFree: course.seats - (try transaction.seatsTaken(on: course.id)), id: course.id)
      }
    }
  }
}
