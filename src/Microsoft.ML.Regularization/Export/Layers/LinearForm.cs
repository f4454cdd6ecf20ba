using Microsoft.ML.Regularization.Networks;

namespace Microsoft.ML.Regularization.Export;

internal sealed class LinearForm : LayerForm<LinearDescription>
{
    protected override void Append(LinearDescription layer, LayerGraph graph) =>
        graph.Value = Of(graph, graph.Value, layer.Name, layer.Inputs, layer.Outputs, layer.WeightFactor, layer.BiasFactor);

    /// <summary><c>x W^T + b</c> of the last dimension.</summary>
    public static string Of(LayerGraph graph, string input, string name, int inputs, int outputs, double weightFactor = 1, double biasFactor = 1)
    {
        var weight = Transposed(graph.Read(name + ".weight", weightFactor, outputs, inputs), outputs, inputs);
        var product = graph.Graph.Add("MatMul", [input, graph.Graph.Constant(weight, inputs, outputs)]);
        return graph.Graph.Sum(product, graph.Vector(name + ".bias", outputs, biasFactor));
    }

    /// <summary>Each of several matrices (rows, columns) as (columns, rows).</summary>
    public static float[] Transposed(float[] matrices, int rows, int columns)
    {
        var result = new float[matrices.Length];
        for (var start = 0; start < matrices.Length; start += rows * columns)
        {
            for (var row = 0; row < rows; row++)
            {
                for (var column = 0; column < columns; column++)
                    result[start + column * rows + row] = matrices[start + row * columns + column];
            }
        }

        return result;
    }
}
