using Microsoft.ML.Regularization.Tensors;

namespace Microsoft.ML.Regularization.Pretrained;

/// <summary>A published tensor that a network needs.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">Its shape; a first dimension below 0 stands for at least as many.</param>
internal sealed record PublishedPart(string Name, params long[] Shape)
{
    /// <exception cref="InvalidDataException">The shape is another one.</exception>
    public void Check(PublishedTensor tensor)
    {
        if (tensor.Shape.Count == Shape.Length && tensor.Shape.Index().All(size => Fits(size.Item, Shape[size.Index])))
            return;
        throw new InvalidDataException($"the tensor {tensor} has shape {TensorEntry.Describe(tensor.Shape)} instead of {TensorEntry.Describe(Shape.Select(Math.Abs))}");
    }

    private static bool Fits(long size, long asked) => asked < 0 ? size >= -asked : size == asked;
}
