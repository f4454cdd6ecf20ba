using System.Text.Json.Nodes;
using Microsoft.ML.Regularization.Tensors;

namespace Microsoft.ML.Regularization.Pretrained;

/// <summary>The tensors of a safetensors file of any types.</summary>
internal static class SafetensorsFile
{
    /// <param name="file">A stream that can seek; elements are read from it as long as it is open.</param>
    /// <exception cref="InvalidDataException">It is no such file.</exception>
    /// <exception cref="EndOfStreamException">It is cut short.</exception>
    public static (IReadOnlyList<PublishedTensor> Tensors, JsonObject? Texts) Read(Stream file)
    {
        var header = SafetensorsHeader.Read(file, file.Length, out var bytes);
        var (tensors, start) = (new List<PublishedTensor>(), (long)bytes.Length);
        foreach (var entry in header.Tensors)
        {
            var place = start;
            tensors.Add(new PublishedTensor(entry.Name, entry.Type, [.. entry.Shape], () => Elements(file, place, entry)));
            start += entry.ByteCount;
        }

        return (tensors, header.Texts);
    }

    private static float[] Elements(Stream file, long place, TensorEntry entry)
    {
        if (FloatingPoint.SizeOf(entry.Type) == 0)
            throw new InvalidDataException($"the tensor '{entry.Name}' is of type '{entry.Type}', not of floating-point numbers.");
        var bytes = new byte[entry.ByteCount];
        file.Position = place;
        file.ReadExactly(bytes);
        return FloatingPoint.Read(bytes, entry.Type);
    }
}
