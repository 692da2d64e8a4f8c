internal import AccompanimentAPI
internal import ApplicationsAPI
internal import Kernel
internal import MissionsAPI
internal import PartnersAPI
internal import ProgrammesAPI

/// People and things that nobody is, for letters that nobody gets.
struct SampleDirectory: Directory {
  let language: Language

  private var reader: Contact { contact("camille@exemple.example") }

  private func contact(_ address: String) -> Contact {
    Contact(
      name: Name("Camille Exemple") ?? .sample, email: EmailAddress(address) ?? .sample,
      language: language)
  }

  func edition(_ id: EditionID?) async throws -> Edition {
    try Sample.of(Edition.self, ["name": "Édition 2030"])
  }
  func organisation(_ id: OrganisationID) async throws -> Organisation {
    let sample = try Sample.of(Organisation.self)
    return Organisation(
      id: sample.id, name: sample.name, kind: sample.kind, causes: [],
      contacts: [contact("contact@association.example")])
  }
  func member(_ id: MemberID, of organisation: Organisation) async throws -> Contact? {
    organisation.contacts.first
  }
  func reviewer(_ id: ReviewerID) async throws -> Contact { reader }
  func contact(of volunteer: VolunteerID) async throws -> Contact { reader }
  func partner(_ id: PartnerID) async throws -> Partner {
    let sample = try Sample.of(Partner.self, ["name": "Entreprise Exemple"])
    return Partner(id: sample.id, name: sample.name, kind: sample.kind, contacts: [reader])
  }
  func brief(_ id: BriefID) async throws -> Brief { try Sample.of(Brief.self) }
  func mission(_ id: MissionID) async throws -> Mission { try Sample.of(Mission.self) }

  func seat(_ role: MissionRoleID, of id: BriefID) async throws -> Seat {
    let crew = try await crew(Sample.of(Mission.self).id)
    return Seat(
      edition: crew.edition, brief: try await brief(id), organisation: crew.organisation,
      role: Name("Rédaction") ?? .sample,
      dates: crew.sessions.map {
        Wording.span(from: $0.startsAt, to: $0.endsAt, in: crew.edition.zone)
      })
  }

  func sessions(of mission: MissionID) async throws -> [Session] {
    [try Sample.of(Session.self)]
  }

  func crew(_ id: MissionID) async throws -> Crew {
    let mission = try Sample.of(Mission.self)
    return Crew(
      mission: mission, edition: try await edition(mission.edition),
      organisation: try await organisation(mission.organisation),
      team: [Reader(reader, .volunteer(.sample))],
      roles: ["Camille Exemple (Rédaction)", "Dominique Exemple (Image)"],
      sessions: [try Sample.of(Session.self)])
  }
}
