internal import Kernel
internal import MatchingAPI

// What several use cases and pages are about.

extension MatchingModule {
  struct OfEdition: Codable, Sendable {
    let edition: EditionID
  }
  struct PageOfEdition: Codable, Sendable {
    let edition: EditionID
    let after: PageMark?
    let limit: PageSize?
  }
  struct OnePlace: Codable, Sendable {
    let place: PlaceID
  }
  struct OneRun: Codable, Sendable {
    let run: RunID
  }
}
