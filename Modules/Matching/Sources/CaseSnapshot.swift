internal import AccompanimentAPI
internal import ApplicationsAPI
internal import Kernel
internal import PartnersAPI
internal import ProgrammesAPI

/// A case as it is kept with its run, so that it can be asked "why" and "what if" on the very data
/// the run was made on. Addresses are left out: matching does not look at them.
struct CaseSnapshot: Codable, Sendable {
  private struct Organisation: Codable {
    let id: OrganisationID
    let name: Name
    let causes: [Key]
  }
  private struct Partner: Codable {
    let id: PartnerID
    let name: Name
  }

  private let edition: Edition
  private let catalogue: Catalogue
  private let halfDays: [HalfDay]
  private let briefs: [Brief]
  private let organisations: [Organisation]
  private let partners: [Partner]
  private let volunteers: [Volunteer]
  private let offeredBefore: [VolunteerID]?

  init(_ situation: MatchingCase) {
    edition = situation.edition
    catalogue = situation.catalogue
    halfDays = situation.halfDays
    briefs = situation.briefs
    organisations = situation.organisationNames.sorted { $0.key < $1.key }.map { id, name in
      Organisation(id: id, name: name, causes: (situation.causes[id] ?? []).sorted())
    }
    partners = situation.partnerNames.sorted { $0.key < $1.key }.map(Partner.init)
    volunteers = situation.volunteers.map(\.withoutAddress)
    offeredBefore = situation.offeredBefore?.sorted()
  }

  var situation: MatchingCase {
    MatchingCase(
      edition: edition, catalogue: catalogue, halfDays: halfDays, briefs: briefs,
      causes: Dictionary(organisations.map { ($0.id, Set($0.causes)) }) { first, _ in first },
      organisationNames: Dictionary(organisations.map { ($0.id, $0.name) }) { first, _ in first },
      volunteers: volunteers,
      partnerNames: Dictionary(partners.map { ($0.id, $0.name) }) { first, _ in first },
      offeredBefore: offeredBefore.map(Set.init))
  }
}

extension Volunteer {
  fileprivate var withoutAddress: Volunteer {
    Volunteer(
      id: id, edition: edition,
      contact: Contact(name: contact.name, email: .sample, language: contact.language),
      partner: partner, regime: regime, skills: skills, wishes: wishes, causes: causes,
      languages: languages, halfDays: halfDays, formats: formats, capacity: capacity,
      conflicts: conflicts, previousEmployers: previousEmployers)
  }
}
