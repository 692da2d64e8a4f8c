internal import Kernel

// What several use cases and pages are about.

extension ProgrammesModule {
  struct OneEdition: Codable, Sendable {
    let edition: EditionID
  }
}
