internal import Kernel
internal import ReportingAPI

/// Horizontal bars, one for each group: name above, value at the right. Drawn in per cent of the
/// width and in the page's own letter sizes, so that it can be read on a phone as well.
struct BarChart {
  static let limit = 16

  let figure: ReportFigure
  let language: Language

  var html: HTML {
    let groups = figure.groups.prefix(Self.limit)
    let height = groups.count * 38 + 2
    let top = max(groups.map(\.value).max() ?? 0, figure.unit == .score ? 500 : 1)
    let bars = groups.enumerated().map { index, group in
      bar(group, at: index * 38, top: top)
    }
    return """
      <svg class="chart" role="img" aria-labelledby="\(figure.slug)-t \(figure.slug)-d" \
      width="100%" height="\(height)">
      <title id="\(figure.slug)-t">\(figure.title[language])</title>
      <desc id="\(figure.slug)-d">\(description)</desc>
      \(bars)
      </svg>
      """
  }

  private func bar(_ group: ReportGroup, at y: Int, top: Int64) -> HTML {
    let value = figure.unit.shown(group.value, in: language)
    // What a phone has room for on one line.
    let name = shortened(group.name[language], to: 42 - value.count)
    return """
      <text x="0" y="\(y + 15)" class="name">\(name)</text>
      <text x="100%" y="\(y + 15)" class="value">\(value)</text>
      <rect x="0" y="\(y + 22)" width="100%" height="8" rx="4" class="track"/>
      <rect x="0" y="\(y + 22)" width="\(axisShare(group.value, of: top))" height="8" rx="4" class="bar"/>
      """
  }

  /// The chart in words.
  private var description: String {
    let named = figure.groups.prefix(3).map {
      "\($0.name[language]) (\(figure.unit.shown($0.value, in: language)))"
    }
    let list = named.joined(separator: ", ")
    return switch language {
    case .fr: "Barres horizontales pour \(figure.groups.count) groupes ; en tête : \(list)."
    case .en: "Horizontal bars for \(figure.groups.count) groups; the largest are \(list)."
    }
  }
}
