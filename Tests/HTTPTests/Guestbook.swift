import Kernel
import Pages

/// A module with a page of each kind the web face must get right.
struct Guestbook: PortalModule {
  static let name = "guestbook"
  static let summary = Words("a guestbook")

  struct Note: Versioned {
    static let table = "guestbook_note"
    static let noun = Words(en: "note", fr: "note")
    let id: ID<Note>
    var version: Int
    var name: Name
    var text: Paragraph
  }
  struct Sign: Codable, Sendable {
    let name: Name
    let text: Paragraph
    let priority: Whole<1, 5>?
  }
  struct Change: Codable, Sendable {
    let note: ID<Note>
    let text: Paragraph
    let version: Int
  }
  struct One: Codable, Sendable { let note: ID<Note> }
  struct After: Codable, Sendable { let after: PageMark? }

  var migrations: [Migration] {
    [
      Migration(
        "guestbook.1",
        "CREATE TABLE guestbook_note (id TEXT PRIMARY KEY, version INTEGER NOT NULL, name TEXT NOT NULL, text TEXT NOT NULL)"
      )
    ]
  }
  var endpoints: [Endpoint] {
    sign
    change
    burn
  }
  private var sign: UseCase<Sign, Note> {
    .command("guestbook.sign", .post, "/notes", by: .everyone, Words("Sign")) {
      input, transaction in
      let note = Note(id: transaction.newID(), version: 1, name: input.name, text: input.text)
      try transaction.insert(note)
      return note
    }
  }
  private var change: UseCase<Change, Note> {
    .command("guestbook.change", .put, "/notes/{note}", by: .signedIn, Words("Change")) {
      input, transaction in
      var note = try transaction.get(Note.self, input.note)
      try note.expect(version: input.version)
      note.text = input.text
      try transaction.update(&note)
      return note
    }
  }
  private var burn: UseCase<One, Nothing> {
    .command("guestbook.burn", .delete, "/notes/{note}", by: .signedIn, Words("Burn")) {
      input, transaction in
      try transaction.delete(Note.self, input.note)
      return Nothing()
    }
  }

  var pages: [PortalPage] {
    [
      PortalPage(
        "guestbook.notes", "/notes", by: .everyone, Words(en: "Guestbook", fr: "Livre d’or"),
        inMenu: true
      ) { (_: Nothing, transaction) in
        let notes = try transaction.select(Note.self, "ORDER BY name")
        return PageContent(title: Words(en: "Guestbook", fr: "Livre d’or")) {
          Block.table(
            Table(
              Words(en: "Notes", fr: "Notes"),
              columns: [Column(en: "Name", fr: "Nom"), Column(en: "Text", fr: "Texte")],
              rows: notes.map {
                TableRow([.text($0.name), .text($0.text)], page: "/notes/\($0.id)")
              },
              empty: Words(en: "No note yet.", fr: "Pas encore de note."), csv: "notes"))
          Block.form(
            "guestbook.sign", ["name", FormField("text", as: .lines(3)), "priority"],
            button: Words(en: "Sign", fr: "Signer"),
            then: .here(Words(en: "Thank you.", fr: "Merci.")))
        }
      },
      PortalPage("guestbook.one-by-one", "/one-note", by: .signedIn, Words("One by one")) {
        (input: After, transaction) in
        let page = try transaction.page(
          Note.self, where: "1 = 1", by: "id", after: input.after, limit: PageSize(1))
        return PageContent(title: Words("One by one")) {
          Block.table(
            Table(
              Words("Notes"), columns: [Column(en: "Text", fr: "Texte")],
              rows: page.items.map { TableRow([.text($0.text)]) }, empty: Words("None."),
              next: page.next))
          for note in page.items {
            Block.form(
              "guestbook.burn", [], fixed: ["note": .string(note.id.description)],
              button: Words(en: "Burn", fr: "Brûler"),
              then: .here(Words(en: "It is gone.", fr: "Elle n’est plus.")))
          }
        }
      },
      PortalPage("guestbook.note", "/notes/{note}", by: .signedIn, Words("Note")) {
        (input: One, transaction) in
        let note = try transaction.get(Note.self, input.note)
        return PageContent(title: Words(note.name.description)) {
          Block.prose(note.text)
          Block.form(
            "guestbook.change", ["text"], fixed: ["note": .string(note.id.description)],
            values: ["text": .string(note.text.description)], version: note.version,
            button: Words(en: "Save", fr: "Enregistrer"),
            then: .here(Words(en: "Saved.", fr: "Enregistré.")))
          Block.form(
            "guestbook.burn", [], fixed: ["note": .string(note.id.description)],
            button: Words(en: "Burn", fr: "Brûler"), tone: .bad,
            confirming: Confirmation(
              Words(en: "Burn the note?", fr: "Brûler la note ?"),
              Words(en: "It cannot be had back.", fr: "On ne la retrouvera pas."),
              button: Words(en: "Burn it", fr: "La brûler")),
            then: .page("/notes", Words(en: "It is gone.", fr: "Elle n’est plus.")))
        }
      },
    ]
  }
}
