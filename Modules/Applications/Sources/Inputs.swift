internal import ApplicationsAPI
internal import Kernel

// What several use cases and pages are about.

extension ApplicationsModule {
  struct OfCall: Codable, Sendable {
    let call: CallID
  }
  struct PageOfCall: Codable, Sendable {
    let call: CallID
    let after: PageMark?
    let limit: PageSize?
  }
  struct PageOfReviewer: Codable, Sendable {
    let reviewer: ReviewerID
    let after: PageMark?
    let limit: PageSize?
  }
  struct PageOfAll: Codable, Sendable {
    let after: PageMark?
    let limit: PageSize?
  }
  struct OfOrganisation: Codable, Sendable {
    let organisation: OrganisationID
  }
  struct OfReviewer: Codable, Sendable {
    let reviewer: ReviewerID
  }
  struct OneApplication: Codable, Sendable {
    let application: ApplicationID
  }
  struct OneCall: Codable, Sendable {
    let call: CallID
  }
  struct OneReviewer: Codable, Sendable {
    let reviewer: ReviewerID
  }
}
