//! The ratios as a picture: a row for each program, a dot for each engine.

use std::path::Path;

use plotters::prelude::*;

use crate::engines::Engine;
use crate::report::{Report, Row};

/// Ratios beyond these are drawn at the border.
const LEAST: f64 = 0.4;
const MOST: f64 = 8.0;
const TICKS: [f64; 8] = [0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0];

/// From back to front.
const DOTS: [(Engine, RGBColor, i32); 4] = [
    (Engine::Checked, RGBColor(190, 190, 190), 3),
    (Engine::Guarded, RGBColor(110, 110, 110), 3),
    (Engine::Wasmtime, RGBColor(70, 120, 200), 4),
    (Engine::Herkos, RGBColor(205, 60, 40), 5),
];

/// `docs/performance.svg`.
pub fn write(report: &Report, path: &Path) -> Result<(), String> {
    draw(report, path).map_err(|e| format!("{}: {e}", path.display()))
}

fn draw(report: &Report, path: &Path) -> Result<(), Box<dyn std::error::Error>> {
    let mut rows: Vec<&Row> =
        report.rows().iter().filter(|row| !row.program.is_vectors()).collect();
    let key = |row: &Row| row.ratio(Engine::Herkos).unwrap_or(f64::MAX);
    rows.sort_by(|a, b| key(b).total_cmp(&key(a)));
    let height = u32::try_from(rows.len())? * 15 + 110;
    let root = SVGBackend::new(path, (840, height)).into_drawing_area();
    root.fill(&WHITE)?;
    let mut chart = ChartBuilder::on(&root)
        .margin(12)
        .caption("time over that of native code, log scale", ("sans-serif", 16))
        .x_label_area_size(30)
        .y_label_area_size(100)
        .build_cartesian_2d((LEAST..MOST).log_scale(), -0.5..rows.len() as f64 - 0.5)?;
    chart.configure_mesh().disable_mesh().disable_axes().draw()?;
    let bottom = -0.5;
    let top = rows.len() as f64 - 0.5;
    for tick in TICKS {
        let width = if tick == 1.0 { 2 } else { 1 };
        let style = RGBColor(215, 215, 215).stroke_width(width);
        chart.draw_series(LineSeries::new([(tick, bottom), (tick, top)], style))?;
        let text = Text::new(format!("{tick}"), (0, 4), ("sans-serif", 12));
        chart.draw_series([EmptyElement::at((tick, bottom)) + text])?;
    }
    for (y, row) in rows.iter().enumerate() {
        let at = EmptyElement::at((LEAST, y as f64));
        chart.draw_series([at + Text::new(row.program.name, (-95, -6), ("sans-serif", 12))])?;
    }
    for (engine, colour, size) in DOTS {
        let dots = rows.iter().enumerate().filter_map(|(y, row)| {
            let ratio = row.ratio(engine)?.clamp(LEAST, MOST);
            Some(Circle::new((ratio, y as f64), size, colour.filled()))
        });
        chart
            .draw_series(dots)?
            .label(engine.title())
            .legend(move |(x, y)| Circle::new((x + 8, y), size, colour.filled()));
    }
    chart
        .configure_series_labels()
        .position(SeriesLabelPosition::UpperRight)
        .background_style(WHITE)
        .border_style(RGBColor(215, 215, 215))
        .label_font(("sans-serif", 13))
        .draw()?;
    root.present()?;
    Ok(())
}
