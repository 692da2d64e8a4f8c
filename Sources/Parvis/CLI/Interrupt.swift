internal import Foundation
internal import Synchronization

/// Ctrl-C as a wish: long work ends with what it has. Pressed twice, it ends the program.
enum Interrupt {
  private static let asked = Atomic<Bool>(false)

  /// From now on the first Ctrl-C is noted and the second is the system's.
  static func listen() {
    signal(SIGINT) { _ in
      Interrupt.asked.store(true, ordering: .relaxed)
      signal(SIGINT, SIG_DFL)
    }
  }

  /// Whether somebody pressed it.
  static var isAsked: Bool { asked.load(ordering: .relaxed) }
}
