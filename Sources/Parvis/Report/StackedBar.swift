internal import Kernel
internal import ReportingAPI

/// One bar cut into the parts of a whole, each with a number that the legend repeats, so that colour
/// alone never tells them apart.
struct StackedBar {
  static let limit = 6

  let figure: ReportFigure
  let language: Language

  var html: HTML {
    let whole = figure.groups.map(\.value).reduce(0, +)
    var before: Int64 = 0
    var parts: [HTML] = []
    for (index, group) in figure.groups.enumerated() {
      parts.append(part(group, number: index + 1, after: before, of: whole))
      before += group.value
    }
    let legend = figure.groups.enumerated().map { index, group in
      entry(group, number: index + 1, of: whole)
    }
    return """
      <svg class="chart" role="img" aria-labelledby="\(figure.slug)-t \(figure.slug)-d" \
      width="100%" height="44">
      <title id="\(figure.slug)-t">\(figure.title[language])</title>
      <desc id="\(figure.slug)-d">\(description(of: whole))</desc>
      \(parts)
      </svg>
      <ol class="legend">
      \(legend)
      </ol>
      """
  }

  private func part(
    _ group: ReportGroup, number: Int, after before: Int64, of whole: Int64
  ) -> HTML {
    // A sliver has no room for its number.
    let label: HTML =
      group.value * 20 < whole
      ? .nothing
      : """
      <text x="\(axisShare(before * 2 + group.value, of: whole * 2))" y="27" class="inside">\(number)</text>
      """
    return """
      <rect x="\(axisShare(before, of: whole))" y="4" width="\(axisShare(group.value, of: whole))" height="36" \
      class="part p\(number)"/>
      \(label)
      """
  }

  private func entry(_ group: ReportGroup, number: Int, of whole: Int64) -> HTML {
    """
    <li><span class="swatch p\(number)" aria-hidden="true">\(number)</span>
    <span class="name">\(group.name[language])</span>
    <span class="value">\(figure.unit.shown(group.value, in: language))\
    <small> · \(percent(group.value, of: whole, in: language))</small></span></li>
    """
  }

  private func description(of whole: Int64) -> String {
    let parts = figure.groups.map {
      "\($0.name[language]) \(percent($0.value, of: whole, in: language))"
    }
    let list = parts.joined(separator: ", ")
    return language == .fr ? "Une barre en parts : \(list)." : "One bar in parts: \(list)."
  }
}
