"""Shapes cover the pixels that they should, edges in part."""

from labpress.site.drawing import Canvas, arc

BLACK, WHITE = (0, 0, 0), (255, 255, 255)


def greys(canvas: Canvas) -> list[list[int]]:
    return [list(row[::3]) for row in canvas.rows]


def test_a_rectangle_fills_whole_pixels():
    canvas = Canvas(4, 3, BLACK)
    canvas.rectangle(1, 1, 3, 2, WHITE)
    assert greys(canvas) == [[0, 0, 0, 0], [0, 255, 255, 0], [0, 0, 0, 0]]


def test_a_stroke_is_a_line_with_round_ends():
    canvas = Canvas(12, 6, BLACK)
    canvas.stroke([[(3, 3), (9, 3)]], 2, WHITE)
    rows = greys(canvas)

    assert rows[2][2:10] == rows[3][2:10] == [255] * 8
    assert rows[0] == rows[5] == [0] * 12
    assert 0 < rows[1][1] < 255
    assert rows == rows[::-1] == [row[::-1] for row in rows]


def test_strokes_that_cross_are_one_shape():
    one, two = Canvas(20, 20, BLACK), Canvas(20, 20, BLACK)
    one.stroke([[(4, 4), (16, 16)]], 2.5, WHITE)
    two.stroke([[(4, 4), (16, 16)], [(4, 4), (10, 10)], [(16, 16), (4, 4)]], 2.5, WHITE)
    assert greys(one) == greys(two)


def test_what_lies_outside_is_left_out():
    canvas = Canvas(3, 3, BLACK)
    canvas.stroke([[(-9, 1.5), (99, 1.5)]], 0.5, WHITE)
    canvas.stroke([], 1, WHITE)
    assert greys(canvas) == [[0, 0, 0], [255, 255, 255], [0, 0, 0]]


def test_an_arc_runs_clockwise_from_the_right():
    points = arc((10, 10), (4, 2), 0, 90)
    assert points[0] == (14, 10)
    assert [round(part, 9) for part in points[-1]] == [10, 12]
