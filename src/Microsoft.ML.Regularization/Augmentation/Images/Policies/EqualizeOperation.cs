namespace Microsoft.ML.Regularization.Augmentation;

/// <summary>
/// Spreads the 256 levels of each channel so that each range of levels holds about as many pixels as any other, by the integer arithmetic of the Python
/// Imaging Library: a channel whose pixels, but for those of its lightest level, are fewer than 255 stays as it is. It has no strength.
/// </summary>
internal sealed class EqualizeOperation : PolicyOperation
{
    private const int Levels = 256;

    public override void Apply(ColorPlanes picture, double strength)
    {
        Span<int> counts = stackalloc int[Levels];
        Span<float> mapped = stackalloc float[Levels];
        for (var plane = 0; plane < picture.Colors; plane++)
        {
            var values = picture.Plane(plane);
            counts.Clear();
            foreach (var value in values)
                counts[SolarizeOperation.LevelOf(value)]++;

            var step = (values.Length - counts[counts.LastIndexOfAnyExcept(0)]) / (Levels - 1);
            if (step == 0)
                continue;

            var below = step / 2;
            for (var level = 0; level < Levels; level++)
            {
                mapped[level] = Math.Min(below / step, Levels - 1);
                below += counts[level];
            }

            for (var i = 0; i < values.Length; i++)
                values[i] = mapped[SolarizeOperation.LevelOf(values[i])];
        }
    }
}
