/// What a fake throws until it is told what to answer, so that a test fails on a call nobody planned.
public struct UnexpectedCall: Error, CustomStringConvertible {
  public let description: String
  public init(_ member: String) {
    description = "\(member) was called, but the test did not say what it answers"
  }
}
