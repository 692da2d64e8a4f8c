internal import Kernel
internal import ProgrammesAPI
internal import ReportingAPI

/// What the report says besides the figures' own titles.
enum ReportWords {
  static let report = Words(en: "Report of an edition", fr: "Rapport d’édition")
  static let essentials = Words(en: "In short", fr: "L’essentiel")
  static let timeline = Words(en: "The edition, month by month", fr: "L’édition, mois par mois")
  static let phase = Words(en: "Phase", fr: "Étape")
  static let from = Words(en: "From", fr: "Du")
  static let to = Words(en: "To", fr: "Au")
  static let theme = Words(en: "Theme", fr: "Thème")
  static let territory = Words(en: "Territory", fr: "Territoire")
  static let dates = Words(en: "Dates", fr: "Dates")
  static let format = Words(en: "Format", fr: "Format")
  static let asTable = Words(en: "The same as a table", fr: "Les mêmes chiffres en tableau")
  static let all = Words(en: "All", fr: "Ensemble")
  static let value = Words(en: "Value", fr: "Valeur")
  static let rows = Words(en: "Rows", fr: "Lignes")
  static let row = Words(en: "Row", fr: "Ligne")
  static let group = Words(en: "Group", fr: "Groupe")
  static let figure = Words(en: "Figure", fr: "Chiffre")
  static let unit = Words(en: "Unit", fr: "Unité")
  static let back = Words(en: "Back to the report", fr: "Retour au rapport")
  static let skip = Words(en: "Skip to the content", fr: "Aller au contenu")
  static let contents = Words(en: "Contents", fr: "Sommaire")
  static let languages = Words(en: "Languages", fr: "Langues")
  static let colon = Words(en: ": ", fr: "\u{A0}: ")
  static let number = Words(en: "No.", fr: "N°")
  static let nothing = Words(en: "No rows.", fr: "Aucune ligne.")
  /// Who stands behind the report, at its end.
  static func publisher(_ name: String?, in language: Language) -> String {
    guard let name else { return "" }
    return " " + Words(en: "Published by \(name).", fr: "Publié par \(name).")[language]
  }
  static let promise = Words(
    en:
      "Every figure is worked out from rows that its page shows, one by one; rows that stand for people only the operator opens.",
    fr:
      "Chaque chiffre est calculé à partir de lignes que sa page montre une à une ; celles qui représentent des personnes, seul l’opérateur les ouvre."
  )
  static let hidden = Words(
    en: "Its rows stand for people: the operator can open them.",
    fr: "Ses lignes représentent des personnes : l’opérateur peut les ouvrir.")
  static let otherLanguage = Words(en: "Français", fr: "English")

  static func evidence(_ count: Int) -> Words {
    let en = Figure.Unit.count.shown(Int64(count), in: .en)
    let fr = Figure.Unit.count.shown(Int64(count), in: .fr)
    return count == 1
      ? Words(en: "See its row", fr: "Voir la ligne")
      : Words(en: "See its \(en) rows", fr: "Voir les \(fr) lignes")
  }

  static func more(_ count: Int) -> Words {
    count == 1
      ? Words(en: "and one more in the table", fr: "et un autre dans le tableau")
      : Words(en: "and \(count) more in the table", fr: "et \(count) autres dans le tableau")
  }

  /// How a figure comes from its rows; nil where the rows are simply counted.
  static func how(_ aggregate: Figure.Aggregate) -> Words? {
    switch aggregate {
    case .count: nil
    case .sum: Words(en: "in all", fr: "au total")
    case .mean: Words(en: "on average", fr: "en moyenne")
    case .median: Words(en: "median", fr: "médiane")
    }
  }

  /// How a figure comes from its rows and by what it is grouped, in a few words.
  /// Where the rows are that are too many to be written out.
  static func many(_ rows: Int, of figure: String) -> Words {
    let (en, fr) = (
      Figure.Unit.count.shown(Int64(rows), in: .en), Figure.Unit.count.shown(Int64(rows), in: .fr)
    )
    return Words(
      en: "\(en) rows, listed by “parvis report rows \(figure)”",
      fr: "\(fr) lignes, listées par « parvis report rows \(figure) »")
  }

  static func note(_ figure: ReportFigure, in language: Language) -> String {
    let grouping = figure.groups.count < 2 ? nil : figure.grouping
    let by = grouping.map { Words(en: "by \($0.en)", fr: "par \($0.fr)") }
    return [how(figure.aggregate), by].compactMap { $0?[language] }.joined(separator: ", ")
  }

  static func section(_ module: String) -> Words {
    switch module {
    case "programmes": Words(en: "Programme", fr: "Programme")
    case "applications": Words(en: "Applications", fr: "Candidatures")
    case "accompaniment": Words(en: "Accompaniment", fr: "Accompagnement")
    case "partners": Words(en: "Partners and volunteers", fr: "Partenaires et volontaires")
    case "matching": Words(en: "Teams", fr: "Équipes")
    case "missions": Words(en: "Missions", fr: "Missions")
    case "notifications": Words(en: "Messages", fr: "Messages")
    default: Words(capitalised(module))
    }
  }

  static func format(_ format: Format) -> Words {
    switch format {
    case .onSite: Words(en: "on site", fr: "sur site")
    case .remote: Words(en: "remote", fr: "à distance")
    case .hybrid: Words(en: "hybrid", fr: "hybride")
    }
  }
}
