using Microsoft.ML.Regularization.Arithmetic;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>Memory for maps between the steps of one thread, which is kept.</summary>
internal sealed class MapMemory
{
    private readonly Stack<AlignedFloats> _free = [];

    /// <summary>Memory for maps, until it is given back.</summary>
    /// <param name="size">Of an image's maps.</param>
    /// <param name="images">How many.</param>
    public unsafe (AlignedFloats Memory, ImageMaps Maps) Take(MapSize size, int images)
    {
        var kept = _free.TryPop(out var free) ? free : null;
        var memory = AlignedFloats.Ensure(ref kept, checked(size.Numbers * images));
        return (memory, new ImageMaps((nint)memory.Pointer, images, size.Height, size.Width, size.Channels));
    }

    public void Give(AlignedFloats memory) => _free.Push(memory);
}
