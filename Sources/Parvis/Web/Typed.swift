internal import Kernel

/// What somebody typed into a form, and what was wrong with it: shown again as it was.
struct Typed: Sendable {
  /// The form it was typed into (`Form.id`).
  var form: String
  var texts: [String: [String]] = [:]
  var problem: Problem?
  /// Somebody asks to go on with what cannot be undone.
  var isToBeConfirmed = false
}
