namespace Microsoft.ML.Regularization.Pretrained;

/// <summary>
/// Linear layers of an ONNX file. Exporters turn their weights around, to (in, out), and give them numbers for names; the bias that is added to the product
/// still has its own, and tells whose weights they are.
/// </summary>
internal static class OnnxMatrixNames
{
    private const string Bias = ".bias";
    private const string Weight = ".weight";

    /// <summary>The tensors, with the matrices of linear layers as (out, in), under their names.</summary>
    public static IReadOnlyList<PublishedTensor> Of(OnnxGraphFile file)
    {
        var tensors = file.Tensors.ToDictionary(tensor => tensor.Stored);
        var products = new Dictionary<string, string>();
        foreach (var node in file.Nodes)
        {
            if (node.Operation is "MatMul" or "Gemm" && MatrixOf(node) is { } matrix)
            {
                products[node.Output] = matrix.Stored;
                if (node.Operation == "MatMul" || node.Numbers.GetValueOrDefault("transB") == 0)
                    tensors[matrix.Stored] = matrix.Transposed();
                if (node.Operation == "Gemm")
                    Name(matrix.Stored, node.Input(2));
            }
            else if (node.Operation == "Add")
            {
                if (products.TryGetValue(node.Input(0), out var left))
                    Name(left, node.Input(1));
                if (products.TryGetValue(node.Input(1), out var right))
                    Name(right, node.Input(0));
            }
        }

        return [.. file.Tensors.Select(tensor => tensors[tensor.Stored])];

        PublishedTensor? MatrixOf(OnnxNode node) =>
            tensors.TryGetValue(node.Input(1), out var matrix) && matrix is { Shape.Count: 2, IsFloatingPoint: true }
            && file.Nodes.Sum(other => other.Inputs.Count(input => input == matrix.Stored)) == 1
            ? matrix : null;

        void Name(string matrix, string bias)
        {
            if (bias.EndsWith(Bias, StringComparison.Ordinal) && tensors.ContainsKey(bias))
                tensors[matrix] = tensors[matrix] with { Name = bias[..^Bias.Length] + Weight };
        }
    }
}
