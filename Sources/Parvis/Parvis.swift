internal import Foundation

/// The version this program says it is.
let parvisVersion = "0.1.0"

/// The whole program, for the executable and for tests.
public enum Parvis {
  /// Runs a command line, the program's name first, and ends the process.
  public static func run(_ arguments: [String]) async {
    // Whatever is created below belongs to its owner alone.
    umask(0o077)
    await RootCommand.start(Array(arguments.dropFirst()))
  }
}
