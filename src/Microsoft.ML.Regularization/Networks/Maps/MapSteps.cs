using Microsoft.ML.Regularization.Arithmetic;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>Steps one behind the other.</summary>
/// <param name="Steps">At least one.</param>
internal sealed record MapSteps(IReadOnlyList<MapStep> Steps)
{
    public MapSize Outputs => Steps[^1].Outputs;

    /// <summary>Numbers of the largest of an image's maps.</summary>
    public int Largest => Steps.Max(step => step.Outputs.Numbers);

    /// <inheritdoc cref="MapStep.Apply"/>
    public void Apply(ImageMaps input, ImageMaps output, MapMemory memory)
    {
        AlignedFloats? held = null;
        foreach (var step in Steps.SkipLast(1))
        {
            var (taken, maps) = memory.Take(step.Outputs, input.Images);
            step.Apply(input, maps, memory);
            if (held is not null)
                memory.Give(held);
            (held, input) = (taken, maps);
        }

        Steps[^1].Apply(input, output, memory);
        if (held is not null)
            memory.Give(held);
    }
}
