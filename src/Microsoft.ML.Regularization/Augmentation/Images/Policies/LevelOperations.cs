namespace Microsoft.ML.Regularization.Augmentation;

/// <summary>Inverts the numbers from the level 256 - strength on: all of them at 256, none at 0.</summary>
internal sealed class SolarizeOperation : PolicyOperation
{
    public const int AllLevels = 256;

    public override void Apply(ColorPlanes picture, double strength)
    {
        // Numbers that stand for a level may be a little off it.
        var threshold = AllLevels - (float)Math.Floor(strength) - 0.5f;
        foreach (ref var value in picture.ColorValues)
            value = value >= threshold ? ColorKernels.White - value : value;
    }

    /// <summary>The level, from 0 to 255, that a number is nearest to.</summary>
    public static int LevelOf(float value)
    {
        // NaN becomes black.
        value = value > 0 ? value : 0;
        value = value < ColorKernels.White ? value : ColorKernels.White;
        return float.ConvertToIntegerNative<int>(value + 0.5f);
    }
}

/// <summary>Keeps the 8 - strength highest bits of each number's level; strength is rounded.</summary>
internal sealed class PosterizeOperation : PolicyOperation
{
    public override void Apply(ColorPlanes picture, double strength)
    {
        var bits = (int)Math.Round(strength);
        if (bits == 0)
            return;

        var mask = -1 << bits;
        foreach (ref var value in picture.ColorValues)
            value = SolarizeOperation.LevelOf(value) & mask;
    }
}
