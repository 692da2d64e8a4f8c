internal import Kernel
internal import MissionsAPI
internal import PartnersAPI

/// A file of a deliverable: what it is called and who handed it in. Its contents are kept by their hash.
struct FileRow: Versioned {
  static let table = "missions_file"
  static let noun = Words(en: "file", fr: "fichier")

  let id: DeliverableFileID
  let editionId: EditionID
  var version: Int
  let mission: MissionID
  let deliverable: DeliverableID
  let name: FileName
  let type: FileType
  let bytes: Int
  let content: ContentHash
  /// Whose hand it is of; none for staff.
  let volunteer: VolunteerID?
  let addedAt: Instant

  init(
    _ file: KeptFile, of deliverable: DeliverableRow, id: DeliverableFileID,
    by volunteer: VolunteerID?, at now: Instant
  ) {
    self.id = id
    editionId = deliverable.editionId
    version = 1
    mission = deliverable.mission
    self.deliverable = deliverable.id
    name = file.name
    type = file.type
    bytes = file.bytes
    content = file.content
    self.volunteer = volunteer
    addedAt = now
  }

  var kept: KeptFile { KeptFile(name: name, type: type, bytes: bytes, content: content) }
}

/// A file as whoever may see the deliverable sees it.
struct FileView: Codable, Sendable {
  let id: DeliverableFileID
  let deliverable: DeliverableID
  let name: FileName
  let type: FileType
  let bytes: Int
  /// The SHA-256 of its contents.
  let content: ContentHash
  let addedAt: Instant
  /// Who of the team handed it in; none for the programme's staff.
  let addedBy: Name?

  init(_ row: FileRow, team: [MemberRow]) {
    id = row.id
    deliverable = row.deliverable
    name = row.name
    type = row.type
    bytes = row.bytes
    content = row.content
    addedAt = row.addedAt
    addedBy = row.volunteer.flatMap { volunteer in
      team.last { $0.volunteer == volunteer }?.name
    }
  }
}

extension MissionsModule {
  @UseCases var aboutDeliverableFiles: [Endpoint] {
    addFile
    listFiles
    sendFile
    removeFile
  }

  struct OneDeliverable: Codable, Sendable {
    let deliverable: DeliverableID
  }
  struct AddFile: Codable, Sendable {
    let deliverable: DeliverableID
    let file: Upload
  }
  struct OneFile: Codable, Sendable {
    let file: DeliverableFileID
  }

  /// More than these belong into an archive.
  static let mostFiles = 20

  var addFile: UseCase<AddFile, FileView> {
    .command(
      "missions.add-file", .post, "/deliverables/{deliverable}/files",
      by: .staff(and: .volunteer),
      Words(en: "Add a file to a deliverable", fr: "Joindre un fichier à un livrable"),
      problems: ["missions/wrong-state", "missions/deliverable-state"],
      asking: { (input: AddFile, context) in
        let viewer = try await viewer(of: context)
        // Nothing is taken in from whoever may not add it.
        try await host.read { _ = try $0.open(input.deliverable, for: viewer) }
        return (viewer, try await host.files.keep(input.file))
      }
    ) { (input: AddFile, answers, transaction) in
      let (viewer, file) = answers
      var (row, _, team) = try transaction.open(input.deliverable, for: viewer)
      let there = try transaction.files(of: [row.id])
      if let same = there.first(where: { $0.kept == file }) { return FileView(same, team: team) }
      guard there.count < Self.mostFiles else {
        throw Problem.invalid(
          "file", en: "is one too many: a deliverable has \(Self.mostFiles) at most",
          fr: "est de trop : un livrable en a \(Self.mostFiles) au plus")
      }
      let added = FileRow(
        file, of: row, id: transaction.newID(), by: viewer.volunteer, at: transaction.now)
      try transaction.insert(added)
      // Whoever accepts it accepts what they saw.
      try transaction.update(&row)
      return FileView(added, team: team)
    }
  }

  var listFiles: UseCase<OneDeliverable, [FileView]> {
    .query(
      "missions.files", "/deliverables/{deliverable}/files",
      by: .staff(and: .member, .volunteer),
      Words(en: "List the files of a deliverable", fr: "Lister les fichiers d’un livrable"),
      asking: { _, context in try await viewer(of: context) }
    ) { (input: OneDeliverable, viewer, transaction) in
      let (row, _, team) = try transaction.part(
        DeliverableRow.self, input.deliverable, of: \.mission, for: viewer)
      return try transaction.files(of: [row.id]).map { FileView($0, team: team) }
    }
  }

  var sendFile: UseCase<OneFile, SentFile> {
    .query(
      "missions.file", "/deliverable-files/{file}", by: .staff(and: .member, .volunteer),
      Words(en: "Download a file of a deliverable", fr: "Télécharger un fichier d’un livrable"),
      traits: [.answersWithFile], asking: { _, context in try await viewer(of: context) }
    ) { (input: OneFile, viewer, transaction) in
      SentFile(try transaction.part(FileRow.self, input.file, of: \.mission, for: viewer).row.kept)
    }
  }

  var removeFile: UseCase<OneFile, FileView> {
    .command(
      "missions.remove-file", .delete, "/deliverable-files/{file}", by: .staff(and: .volunteer),
      Words(
        en: "Take a file away from a deliverable that is not answered yet",
        fr: "Retirer un fichier d’un livrable sans réponse"),
      problems: ["missions/wrong-state", "missions/deliverable-state"],
      asking: { _, context in try await viewer(of: context) }
    ) { (input: OneFile, viewer, transaction) in
      let (file, _, team) = try transaction.part(
        FileRow.self, input.file, of: \.mission, for: viewer)
      var row = try transaction.open(file.deliverable, for: viewer).row
      try transaction.delete(FileRow.self, file.id)
      try transaction.update(&row)
      return FileView(file, team: team)
    }
  }
}

extension Connection {
  /// The files of some deliverables, in the order in which they came.
  func files(of deliverables: [DeliverableID]) throws -> [FileRow] {
    try select(
      FileRow.self, "WHERE deliverable IN \(list: deliverables) ORDER BY added_at, name, id")
  }

  /// A deliverable that waits for its answer, in a mission that runs. Throws a `Problem` for another, and for
  /// one the viewer may not see.
  fileprivate func open(
    _ id: DeliverableID, for viewer: Viewer
  ) throws -> (row: DeliverableRow, mission: MissionRow, team: [MemberRow]) {
    guard let row = try find(DeliverableRow.self, id),
      let mission = try find(MissionRow.self, row.mission)
    else { throw Problem.notFound(DeliverableRow.noun, id) }
    let team = try team(of: mission.id)
    guard MissionsPolicy.maySee(mission, team: team, viewer) else {
      throw Problem.notFound(DeliverableRow.noun, id)
    }
    try mission.expect(.running)
    guard row.state == .submitted else { throw MissionsError.deliverableState(row.state) }
    return (row, mission, team)
  }
}
