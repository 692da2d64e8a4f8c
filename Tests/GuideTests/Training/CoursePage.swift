internal import Kernel
internal import Pages
internal import PartnersAPI

extension TrainingModule {
  private struct OneCourse: Codable, Sendable {
    let course: CourseID
  }

  /// A course as a volunteer sees it: what it is, how many seats are left, a button to take one.
  var coursePage: PortalPage {
    PortalPage(
      "training.course", "/courses/{course}", by: .staff(and: .volunteer),
      Words(en: "Course", fr: "Cours")
    ) { (input: OneCourse, transaction) in
      guard let course = try transaction.find(CourseRow.self, input.course) else {
        throw Problem.notFound(CourseRow.noun, input.course)
      }
      let left = course.seats - (try transaction.seatsTaken(on: course.id))
      return PageContent(title: Words(course.title.description)) {
        Block.facts(
          Fact(en: "Day", fr: "Jour", .day(course.day)),
          Fact(en: "Seats left", fr: "Places restantes", .number(left)))
        if left > 0, let volunteer = transaction.actor.subject(as: .volunteer, VolunteerID.self) {
          Block.form(
            "training.book", [],
            fixed: [
              "course": .string(course.id.description),
              "volunteer": .string(volunteer.description),
            ],
            button: Words(en: "Take a seat", fr: "Prendre une place"),
            then: .here(Words(en: "You have a seat.", fr: "Vous avez une place.")))
        }
      }
    }
  }
}
