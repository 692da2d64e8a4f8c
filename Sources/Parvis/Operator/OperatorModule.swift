internal import Foundation
internal import Kernel
internal import Pages

/// Who runs this instance: name, address, logo, colour, and the statements every site must make.
struct OperatorModule: Module {
  static let name = "settings"
  static let summary = Words(
    en: "who runs this instance: name, logo, colour, statements",
    fr: "qui exploite cette instance : nom, logo, couleur, mentions")

  let host: Kernel.Host

  /// A logo larger than this is no logo.
  static let logoLimit = 100 * 1024

  @UseCases var endpoints: [Endpoint] {
    show
    change
  }

  var migrations: [Migration] {
    [
      Migration(
        "settings.1-create",
        """
        CREATE TABLE settings_operator (
          id TEXT PRIMARY KEY, version INTEGER NOT NULL, name TEXT, address TEXT, email TEXT,
          colour TEXT, logo TEXT, imprint TEXT, privacy TEXT, accessibility TEXT)
        """),
      Migration(
        "settings.2-files", "ALTER TABLE settings_operator ADD COLUMN file_limit BIGINT"),
      Migration("settings.2-zone", "ALTER TABLE settings_operator ADD COLUMN zone TEXT"),
    ]
  }

  var keptTables: [KeptTable] {
    [KeptTable("settings_operator", en: "Who runs this: one row.", fr: "Qui exploite : une ligne.")]
  }

  var rowWords: [RowWords] { [RowWords(OperatorRow.self, at: "/settings")] }

  struct View: Codable, Sendable {
    let version: Int
    let name: Name?
    let address: Paragraph?
    let email: EmailAddress?
    let colour: BrandColour?
    /// Its size; the picture itself is at `/logo`.
    let logoBytes: Int?
    let imprint: Words?
    let privacy: Words?
    let accessibility: Words?
    /// How large a file that is handed in may be, in MiB.
    let fileLimit: Int
    /// In which the days of letters and of the house's own pages are reckoned.
    let zone: Zone

    init(_ row: OperatorRow) {
      version = row.version
      name = row.name
      address = row.address
      email = row.email
      colour = row.colour
      logoBytes = row.logo?.data.count
      imprint = row.imprint
      privacy = row.privacy
      accessibility = row.accessibility
      fileLimit = row.mostInFile
      zone = row.zone ?? .paris
    }
  }

  struct Change: Codable, Sendable {
    let version: Int?
    let name: Name?
    let address: Paragraph?
    let email: EmailAddress?
    let colour: BrandColour?
    /// A PNG or JPEG picture.
    let logo: Bytes?
    let withoutLogo: Bool?
    let imprint: Words?
    let privacy: Words?
    let accessibility: Words?
    let fileLimit: Whole<1, 500>?
    /// Europe/Paris unless said.
    let zone: Zone?
  }

  var show: UseCase<Nothing, View> {
    .query(
      "settings.show", "/settings", by: .everyone,
      Words(en: "Show who runs this instance", fr: "Montrer qui exploite cette instance")
    ) { (_: Nothing, transaction) in View(try transaction.operatorSettings()) }
  }

  var change: UseCase<Change, View> {
    .command(
      "settings.change", .put, "/settings", by: [.administrator],
      Words(
        en: "Say who runs this instance; what is left out stays",
        fr: "Dire qui exploite cette instance ; ce qui n’est pas dit reste")
    ) { (input: Change, transaction) in
      let known = try transaction.find(OperatorRow.self, OperatorRow.only)
      var row = known ?? .initial
      try row.expect(version: input.version)
      var faults: [FieldProblem] = []
      if let colour = input.colour, !colour.isReadable {
        let ratio = String(format: "%.1f", min(colour.contrastWithWhite, colour.contrastWithPaper))
        faults.append(
          FieldProblem(
            "colour", en: "is too light to read on: contrast \(ratio), and 4.5 is needed",
            fr: "est trop claire pour être lisible : contraste \(ratio), il faut 4,5"))
      }
      if let logo = input.logo {
        if LogoKind(of: logo.data) == nil {
          faults.append(
            FieldProblem(
              "logo", en: "is no PNG or JPEG picture", fr: "n’est pas une image PNG ou JPEG"))
        } else if logo.data.count > Self.logoLimit {
          faults.append(
            FieldProblem("logo", en: "is larger than 100 KiB", fr: "dépasse 100 Kio"))
        }
      }
      guard faults.isEmpty else { throw Problem.invalidInput(faults) }
      row.name = input.name ?? row.name
      row.address = input.address ?? row.address
      row.email = input.email ?? row.email
      row.colour = input.colour ?? row.colour
      row.logo = input.withoutLogo == true ? nil : input.logo ?? row.logo
      row.imprint = input.imprint ?? row.imprint
      row.privacy = input.privacy ?? row.privacy
      row.accessibility = input.accessibility ?? row.accessibility
      row.fileLimit = input.fileLimit?.value ?? row.fileLimit
      row.zone = input.zone ?? row.zone
      if let zone = row.zone { host.clock.reckon(in: zone) }
      if known == nil { try transaction.insert(row) } else { try transaction.update(&row) }
      return View(row)
    }
  }

  /// As it is now.
  func settings() async throws -> OperatorRow { try await host.read { try $0.operatorSettings() } }
}

extension OperatorModule: PortalModule {
  var pages: [PortalPage] { [settingsPage] }
  var files: [PortalFile] { [logo] }

  private var settingsPage: PortalPage {
    PortalPage(
      "settings.page", "/settings", by: [.administrator],
      Words(en: "Settings", fr: "Réglages"), inMenu: true
    ) { (_: Nothing, transaction) in
      let row = try transaction.operatorSettings()
      func words(_ field: String, _ title: Words) -> [FormField] {
        [
          FormField(
            "\(field).fr",
            label: Words(en: "\(title.en), in French", fr: "\(title.fr), en français"),
            as: .lines(5), required: false),
          FormField(
            "\(field).en",
            label: Words(en: "\(title.en), in English", fr: "\(title.fr), en anglais"),
            as: .lines(5), required: false),
        ]
      }
      var values: [String: JSON] = [
        "name": row.name.map { .string($0.description) } ?? .null,
        "address": row.address.map { .string($0.description) } ?? .null,
        "email": row.email.map { .string($0.description) } ?? .null,
        "colour": row.colour.map { .string($0.description) } ?? .null,
        "fileLimit": .integer(Int64(row.mostInFile)),
        "zone": .string((row.zone ?? .paris).description),
      ]
      for (field, said) in [
        ("imprint", row.imprint), ("privacy", row.privacy), ("accessibility", row.accessibility),
      ] {
        values["\(field).fr"] = said.map { .string($0.fr) }
        values["\(field).en"] = said.map { .string($0.en) }
      }
      return PageContent(
        title: Words(en: "Settings", fr: "Réglages"),
        lead: Words(
          en:
            "Who runs this instance, as people see it on every page, in the report and in letters.",
          fr:
            "Qui exploite cette instance, tel qu’on le voit sur chaque page, dans le bilan et les lettres."
        )
      ) {
        Block.form(
          Form(
            "settings.change",
            fields: [
              FieldGroup(
                Words(en: "Who you are", fr: "Qui vous êtes"),
                [
                  FormField("name", autocomplete: "organization"),
                  FormField("address", as: .lines(3)), FormField("email", autocomplete: "email"),
                  "zone",
                ]),
              FieldGroup(
                Words(en: "How you look", fr: "À quoi vous ressemblez"),
                [
                  FormField("colour"),
                  FormField("logo", as: .file(accept: "image/png,image/jpeg")), "withoutLogo",
                ]),
              FieldGroup(
                Words(en: "What is handed in", fr: "Ce qui est remis"), ["fileLimit"]),
              FieldGroup(
                Words(en: "What every site must say", fr: "Ce que tout site doit dire"),
                hint: Words(
                  en: "Left empty, the text that comes with Parvis stands there.",
                  fr: "Laissé vide, le texte fourni avec Parvis s’affiche."),
                words("imprint", Words(en: "Imprint", fr: "Mentions légales"))
                  + words("privacy", Words(en: "Privacy", fr: "Vie privée"))
                  + words("accessibility", Words(en: "Accessibility", fr: "Accessibilité"))),
            ], values: values, version: row.version,
            button: Words(en: "Save the settings", fr: "Enregistrer les réglages"),
            then: .here(Words(en: "The settings are saved.", fr: "Les réglages sont enregistrés.")))
        )
      }
    }
  }

  private var logo: PortalFile {
    PortalFile("settings.logo", "/logo", by: .everyone, asking: { (_: Nothing, _) in }) {
      (_: Nothing, _: Void, transaction) in
      guard let data = try transaction.operatorSettings().logo?.data,
        let kind = LogoKind(of: data)
      else { throw Problem.notFound(Words(en: "logo", fr: "logo"), "logo") }
      return FileContent(
        name: kind == .png ? "logo.png" : "logo.jpg", type: kind.rawValue, bytes: [UInt8](data))
    }
  }
}
