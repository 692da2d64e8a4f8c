internal import Kernel
internal import ReportingAPI

/// The phases of an edition as bars over its months, and the days to remember as dotted lines.
struct TimelineChart {
  let edition: ReportEdition
  let timeline: ReportTimeline
  let language: Language

  var html: HTML {
    let bottom = timeline.phases.count * 34 + 26
    return """
      <svg class="chart timeline" role="img" aria-labelledby="timeline-t timeline-d" width="100%" \
      height="\(bottom + (timeline.marks.isEmpty ? 4 : 46))">
      <title id="timeline-t">\(ReportWords.timeline[language])</title>
      <desc id="timeline-d">\(description)</desc>
      \(months(to: bottom))
      \(timeline.marks.enumerated().map { mark($1, number: $0 + 1, to: bottom) })
      \(timeline.phases.enumerated().map { row($1, at: $0 * 34 + 26) })
      </svg>
      \(legend)
      """
  }

  /// The same as a table.
  var table: HTML {
    let phases: [HTML] = timeline.phases.map {
      """
      <tr><th scope="row">\($0.title[language])</th><td>\($0.first.shown(in: language))</td>\
      <td>\($0.last.shown(in: language))</td></tr>
      """
    }
    let marks: [HTML] = timeline.marks.map {
      """
      <tr><th scope="row">\(capitalised($0.title[language]))</th>\
      <td colspan="2">\($0.day.shown(in: language))</td></tr>
      """
    }
    return """
      <table><caption>\(ReportWords.timeline[language])</caption>
      <thead><tr><th scope="col">\(ReportWords.phase[language])</th>\
      <th scope="col">\(ReportWords.from[language])</th>\
      <th scope="col">\(ReportWords.to[language])</th></tr></thead>
      <tbody>
      \(phases + marks)
      </tbody></table>
      """
  }

  private var span: Int64 { Int64(max(1, edition.starts.days(until: edition.ends))) }

  private func place(_ day: Day) -> HTML {
    axisShare(Int64(edition.starts.days(until: day)), of: span)
  }

  private func row(_ phase: ReportTimeline.Phase, at y: Int) -> HTML {
    // A phase of a few days must still be seen.
    let length = max(Int64(phase.first.days(until: phase.last)), span / 100)
    let from = Int64(edition.starts.days(until: phase.first))
    // The name stands where there is room for it: from the bar on, or to its end.
    let late = from * 2 > span
    let name: HTML =
      late
      ? """
      <text x="\(axisShare(from + length, of: span))" y="\(y + 12)" class="name end">\(phase.title[language])</text>
      """
      : """
      <text x="\(axisShare(from, of: span))" y="\(y + 12)" class="name">\(phase.title[language])</text>
      """
    return """
      \(name)
      <rect x="\(axisShare(from, of: span))" y="\(y + 17)" width="\(axisShare(length, of: span))" height="8" \
      rx="3" class="bar"/>
      """
  }

  private func mark(_ mark: ReportTimeline.Mark, number: Int, to bottom: Int) -> HTML {
    // Every other one lower, since two may lie close together.
    let y = bottom + (number % 2 == 1 ? 12 : 34)
    return """
      <line x1="\(place(mark.day))" x2="\(place(mark.day))" y1="20" y2="\(y - 9)" class="mark"/>
      <circle cx="\(place(mark.day))" cy="\(y)" r="9" class="markdot"/>
      <text x="\(place(mark.day))" y="\(y + 4)" class="inside">\(number)</text>
      """
  }

  private func months(to bottom: Int) -> [HTML] {
    var lines: [HTML] = []
    var day = edition.starts
    while day <= edition.ends {
      let (_, month, date) = day.calendar
      // A label needs room to its right.
      let room = Int64(day.days(until: edition.ends)) * 100 > span * 14
      if date == 1, month % 3 == 0, room {
        lines.append(
          """
          <line x1="\(place(day))" x2="\(place(day))" y1="18" y2="\(bottom)" class="grid"/>
          <text x="\(place(day))" y="12" class="tick\(lines.count.isMultiple(of: 2) ? .nothing : " minor")">\(day.shownMonth(in: language))</text>
          """)
      }
      day = day.advanced(by: 1)
    }
    return lines
  }

  private var legend: HTML {
    guard !timeline.marks.isEmpty else { return .nothing }
    let entries: [HTML] = timeline.marks.enumerated().map {
      """
      <li><span class="swatch mark" aria-hidden="true">\($0 + 1)</span>
      <span class="name">\(capitalised($1.title[language]))</span>
      <span class="value">\($1.day.shown(in: language))</span></li>
      """
    }
    return """
      <ol class="legend">
      \(entries)
      </ol>
      """
  }

  private var description: String {
    timeline.phases.map {
      $0.title[language] + ReportWords.colon[language]
        + "\($0.first.shown(in: language)) – \($0.last.shown(in: language))"
    }.joined(separator: ", ") + "."
  }
}

func capitalised(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }
