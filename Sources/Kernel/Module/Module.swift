/// A module: what it stores, answers, reacts to and does from time to time.
public protocol Module: Sendable {
  /// Lower case, as in table names, paths and commands: `matching`.
  static var name: String { get }
  /// One line for the help of the command line.
  static var summary: Words { get }
  var migrations: [Migration] { get }
  var endpoints: [Endpoint] { get }
  var subscriptions: [Subscription] { get }
  var jobs: [Job] { get }
  var figures: [Figure] { get }
}

extension Module {
  public var migrations: [Migration] { [] }
  public var subscriptions: [Subscription] { [] }
  public var jobs: [Job] { [] }
  public var figures: [Figure] { [] }
}
