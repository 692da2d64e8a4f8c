internal import ApplicationsAPI

/// What can happen to an application.
enum Step: CaseIterable {
  case submit
  case withdraw
  /// Taken up again after a withdrawal.
  case resume
  case choose
  case putOnWaitingList
  case refuse
  case promote
  case confirm
  case decline
  /// Gives up a place that was confirmed.
  case giveUp
  case lapse
  /// Staff take a withdrawal back: handed in as it was.
  case reinstate
  /// Staff take a decision or an answer back: on the waiting list, from which a place can be given.
  case reconsider
}

extension ApplicationState {
  /// The state after a step; nil where the step is not possible.
  func after(_ step: Step) -> ApplicationState? {
    switch (self, step) {
    case (.draft, .submit): .submitted
    case (.draft, .withdraw), (.submitted, .withdraw), (.waiting, .withdraw): .withdrawn
    case (.withdrawn, .resume): .draft
    case (.submitted, .choose): .laureate
    case (.submitted, .putOnWaitingList): .waiting
    case (.submitted, .refuse), (.waiting, .refuse): .refused
    case (.waiting, .promote): .laureate
    case (.laureate, .confirm): .confirmed
    case (.laureate, .decline): .declined
    case (.laureate, .lapse): .lapsed
    case (.confirmed, .giveUp): .declined
    case (.withdrawn, .reinstate): .submitted
    case (.refused, .reconsider), (.declined, .reconsider), (.lapsed, .reconsider),
      (.withdrawn, .reconsider):
      .waiting
    case (.draft, _), (.submitted, _), (.withdrawn, _), (.laureate, _), (.waiting, _),
      (.refused, _), (.confirmed, _), (.declined, _), (.lapsed, _):
      nil
    }
  }
}
