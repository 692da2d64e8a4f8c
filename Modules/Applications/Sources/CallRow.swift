internal import ApplicationsAPI
internal import Kernel

/// What is known of a call wherever it matters whether it takes applications.
protocol CallClock {
  /// The edition's, in which the dates are meant.
  var zone: Zone { get }
  var closesOn: Day { get }
  /// As the operator left it; `state(at:)` also knows that a deadline passes by itself.
  var state: CallState { get }
}

extension CallClock {
  func state(at now: Instant) -> CallState {
    state == .open && now >= zone.end(of: closesOn) ? .closed : state
  }

  /// Refuses whatever needs the call to take applications. Throws `ApplicationsError`.
  func expectOpen(at now: Instant) throws {
    switch state(at: now) {
    case .open: break
    case .draft: throw ApplicationsError.callState(.draft)
    case .closed, .decided: throw ApplicationsError.deadlinePassed(closesOn, zone)
    }
  }
}

/// A call without its form and criteria, which most that is asked about applications does not need.
struct CallHead: Record, CallClock {
  static let table = CallRow.table
  static let columns: StaticString = "id, zone, closes_on, state"

  let id: CallID
  let zone: Zone
  let closesOn: Day
  let state: CallState
}

/// The questions of a call alone.
struct CallForm: Record {
  static let table = CallRow.table
  static let columns: StaticString = "id, questions"

  let id: CallID
  let questions: [Question]
}

struct CallRow: Versioned, CallTerms, CallClock {
  static let table = "applications_call"
  static let noun = Words(en: "call", fr: "appel à candidatures")

  let id: CallID
  var version: Int
  let editionId: EditionID
  /// The edition's, in which the dates below are meant.
  let zone: Zone
  var title: Name
  var opensOn: Day
  var closesOn: Day
  var places: Whole<1, 1000>
  var questions: [Question]
  var criteria: [Criterion]
  var eligibility: Eligibility
  /// As the operator left it; `state(at:)` also knows that a deadline passes by itself.
  var state: CallState
  /// How many days laureates had to confirm, for those who follow from the waiting list.
  var confirmationDays: Int?

  /// The parts of the form, in order; one without a name where the call names none.
  var sections: [FormSection] {
    var parts: [FormSection] = []
    for question in questions {
      if let title = question.section {
        parts.append(FormSection(title: title, questions: [question]))
      } else if parts.isEmpty {
        parts.append(
          FormSection(
            title: Words(en: "Your application", fr: "Votre candidature"), questions: [question]))
      } else {
        parts[parts.count - 1].questions.append(question)
      }
    }
    return parts
  }

  func question(_ key: String) -> Question? { questions.first { $0.key.description == key } }
}

/// A part of a call's form: one page.
struct FormSection: Sendable {
  let title: Words
  var questions: [Question]
}

/// A call as everybody sees it.
struct CallView: Codable, Sendable {
  let id: CallID
  let version: Int
  let edition: EditionID
  let zone: Zone
  let title: Name
  let opensOn: Day
  let closesOn: Day
  let places: Whole<1, 1000>
  let questions: [Question]
  let criteria: [Criterion]
  let eligibility: Eligibility
  let state: CallState

  init(_ row: CallRow, at now: Instant) {
    id = row.id
    version = row.version
    edition = row.editionId
    zone = row.zone
    title = row.title
    opensOn = row.opensOn
    closesOn = row.closesOn
    places = row.places
    questions = row.questions
    criteria = row.criteria
    eligibility = row.eligibility
    state = row.state(at: now)
  }
}
