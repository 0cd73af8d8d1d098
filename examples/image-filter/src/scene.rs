//! A picture to work on: three balls on a chequered floor, by ray tracing. Only operations whose
//! results IEEE 754 fixes to the bit, so that it is the same picture on every machine.

type Vector = [f64; 3];

struct Ball {
    centre: Vector,
    radius: f64,
    colour: Vector,
}

const BALLS: [Ball; 3] = [
    Ball {
        centre: [-1.3, 1.0, 4.6],
        radius: 1.0,
        colour: [0.9, 0.25, 0.2],
    },
    Ball {
        centre: [0.9, 0.7, 3.6],
        radius: 0.7,
        colour: [0.2, 0.55, 0.9],
    },
    Ball {
        centre: [0.3, 0.35, 2.5],
        radius: 0.35,
        colour: [0.95, 0.8, 0.2],
    },
];

const EYE: Vector = [0.0, 1.3, -1.0];
const LIGHT: Vector = [-0.48, 0.72, -0.5];

fn dot(a: Vector, b: Vector) -> f64 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

fn scaled(a: Vector, by: f64) -> Vector {
    a.map(|x| x * by)
}

fn sum(a: Vector, b: Vector) -> Vector {
    [a[0] + b[0], a[1] + b[1], a[2] + b[2]]
}

fn unit(a: Vector) -> Vector {
    scaled(a, 1.0 / dot(a, a).sqrt())
}

/// The nearest ball that a ray (of unit direction) meets, and how far away.
fn nearest(from: Vector, direction: Vector) -> Option<(&'static Ball, f64)> {
    let hits = BALLS.iter().filter_map(|ball| {
        let offset = sum(from, scaled(ball.centre, -1.0));
        let along = dot(offset, direction);
        let root = along * along - dot(offset, offset) + ball.radius * ball.radius;
        let distance = -along - root.sqrt(); // NaN, which is not more than anything, without a hit
        (distance > 1e-6).then_some((ball, distance))
    });
    hits.min_by(|a, b| a.1.total_cmp(&b.1))
}

fn colour(from: Vector, direction: Vector, depth: u32) -> Vector {
    let (point, normal, colour, mirror) = match nearest(from, direction) {
        Some((ball, distance)) => {
            let point = sum(from, scaled(direction, distance));
            let normal = unit(sum(point, scaled(ball.centre, -1.0)));
            (point, normal, ball.colour, 0.3)
        }
        None if direction[1] < -1e-3 => {
            let point = sum(from, scaled(direction, -from[1] / direction[1]));
            let odd = (point[0].floor() + point[2].floor()).rem_euclid(2.0) > 0.5;
            let shade = if odd { 0.85 } else { 0.3 };
            (point, [0.0, 1.0, 0.0], [shade; 3], 0.1)
        }
        None => {
            return sum(
                [0.75, 0.85, 1.0],
                scaled([-0.5, -0.4, -0.2], direction[1].max(0.0)),
            )
        }
    };
    let light = unit(LIGHT);
    let above = sum(point, scaled(normal, 1e-6));
    let lit = if nearest(above, light).is_some() {
        0.0
    } else {
        dot(normal, light).max(0.0)
    };
    let own = scaled(colour, 0.2 + 0.8 * lit);
    if depth == 0 {
        return own;
    }
    let away = sum(direction, scaled(normal, -2.0 * dot(direction, normal)));
    let seen = self::colour(above, unit(away), depth - 1);
    sum(scaled(own, 1.0 - mirror), scaled(seen, mirror))
}

/// RGB pixels, row by row from the top.
pub fn draw(width: u32, height: u32) -> Vec<u8> {
    let mut pixels = Vec::new();
    let scale = 2.0 / f64::from(height);
    for y in 0..height {
        for x in 0..width {
            let right = (f64::from(x) + 0.5 - f64::from(width) / 2.0) * scale;
            let up = (f64::from(height) / 2.0 - f64::from(y) - 0.5) * scale;
            let seen = colour(EYE, unit([right, up - 0.25, 1.9]), 3);
            pixels.extend(seen.map(|value| (value.clamp(0.0, 1.0) * 255.0) as u8));
        }
    }
    pixels
}
