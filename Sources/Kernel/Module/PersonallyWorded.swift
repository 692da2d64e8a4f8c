/// A fact that people are written to about, to which whoever made it true may have added a line of their own.
public protocol PersonallyWorded: Event {
  /// In their words, as they wrote it, for every reader alike; nil where nothing was added.
  var personalLine: Paragraph? { get }
}
