package io.clickpy.benchmarks.race;

import java.util.List;
import java.util.Locale;

/**
 * Draws races as SVG: a bar up to the median of each side, and a line from its least to its
 * greatest lap.
 *
 * <p>Written by hand, because the chart libraries for Java draw with AWT, which needs fonts that a
 * server often lacks, and none draws such lines.
 */
final class BarPlot {
  private static final int WIDTH = 760;
  private static final int LABELS = 250;
  private static final int NUMBERS = 130;
  private static final int BARS = WIDTH - LABELS - NUMBERS;
  private static final int BAR_HEIGHT = 16;
  private static final int BAR_STEP = 24;
  private static final int TITLE = 34;
  private static final int MARGIN = 12;

  private static final String FIRST = "#2f6f9f";
  private static final String OTHERS = "#b9c4cc";

  private final List<RaceResult> races;
  private final StringBuilder svg = new StringBuilder();

  BarPlot(List<RaceResult> races) {
    this.races = races;
  }

  String svg() {
    int height = MARGIN;
    for (RaceResult race : races) {
      height += TITLE + BAR_STEP * race.sides().size() + MARGIN;
    }
    line(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\""
            + " viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"13\">",
        WIDTH, height, WIDTH, height);
    line("<rect width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>");
    int top = MARGIN;
    for (RaceResult race : races) {
      top = panel(race, top) + MARGIN;
    }
    line("</svg>");
    return svg.toString();
  }

  private int panel(RaceResult race, int start) {
    text(MARGIN, start + 18, "font-weight=\"bold\"", race.name() + ", " + race.unit());
    double longest = race.sides().stream().mapToDouble(side -> side.spread().max()).max().orElse(1);
    int top = start + TITLE;
    for (RaceResult.Laps side : race.sides()) {
      bar(race, side, top, BARS / longest);
      top += BAR_STEP;
    }
    return top;
  }

  private void bar(RaceResult race, RaceResult.Laps side, int top, double scale) {
    Spread spread = side.spread();
    int middle = top + BAR_HEIGHT / 2;
    boolean first = side.equals(race.sides().get(0));
    text(LABELS - 8, middle + 5, "text-anchor=\"end\"", side.side());
    line(
        "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>",
        LABELS, top, spread.median() * scale, BAR_HEIGHT, first ? FIRST : OTHERS);
    line(
        "<path d=\"M%.1f %dH%.1fM%.1f %dv8M%.1f %dv8\" stroke=\"#222222\"/>",
        LABELS + spread.min() * scale,
        middle,
        LABELS + spread.max() * scale,
        LABELS + spread.min() * scale,
        middle - 4,
        LABELS + spread.max() * scale,
        middle - 4);
    String ratio = first ? "" : " (× " + RaceResult.ratio(race.ratios(side).median()) + ")";
    text(
        WIDTH - NUMBERS + 10,
        middle + 5,
        "fill=\"#222222\"",
        RaceResult.number(spread.median()) + ratio);
  }

  private void text(int x, int y, String attributes, String text) {
    line("<text x=\"%d\" y=\"%d\" %s>%s</text>", x, y, attributes, escaped(text));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private void line(String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
