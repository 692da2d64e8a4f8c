public import Kernel

/// A value as a test writes it: `given("Ada")` where a name is wanted, `given("2020-11-17")` for a day.
/// Throws when it is no such value: a mistake of the test.
public func given<Value: LosslessStringConvertible>(
  _ text: String, as type: Value.Type = Value.self
) throws -> Value {
  guard let value = Value(text) else { throw NoSuchValue(description: "“\(text)” is no \(type)") }
  return value
}

/// The same for a number in its range.
public func given<let minimum: Int, let maximum: Int>(
  _ number: Int
) throws -> Whole<minimum, maximum> {
  guard let value = Whole<minimum, maximum>(number) else {
    throw NoSuchValue(description: "\(number) is not between \(minimum) and \(maximum)")
  }
  return value
}

struct NoSuchValue: Error, CustomStringConvertible {
  let description: String
}
