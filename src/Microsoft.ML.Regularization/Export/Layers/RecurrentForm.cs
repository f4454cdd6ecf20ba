using Microsoft.ML.Regularization.Networks;

namespace Microsoft.ML.Regularization.Export;

internal sealed class RecurrentForm : LayerForm<RecurrentDescription>
{
    // Where ONNX has the gates that the library orders as i, f, g, o and as r, z, n.
    private static readonly int[] GatesOfLstm = [0, 3, 1, 2];
    private static readonly int[] GatesOfGru = [1, 0, 2];

    protected override void Append(RecurrentDescription layer, LayerGraph graph)
    {
        var (own, units, directions) = (graph.Graph, layer.Units, layer.Names.Count);
        var steps = own.Transpose(graph.Value, 1, 0, 2);
        var lengths = graph.Present.Length == 0 ? "" : LengthsOf(graph);
        var rows = (long)layer.Cell.Gates * units;
        string[] inputs =
        [
            steps,
            own.Constant(Joined(".input_weight", layer.Inputs), directions, rows, layer.Inputs),
            own.Constant(Joined(".recurrent_weight", units), directions, rows, units),
            own.Constant([.. layer.Names.SelectMany(name => Read(name + ".input_bias", 1, rows).Concat(Read(name + ".recurrent_bias", 1, rows)))], directions, 2 * rows),
        ];
        List<OnnxAttribute> attributes =
            [new("hidden_size", (long)units), new("direction", directions == 2 ? "bidirectional" : "forward")];
        if (layer.Cell.Gates == GatesOfGru.Length)
            attributes.Add(new OnnxAttribute("linear_before_reset", 1L));
        var results = own.Add(
            layer.Cell.Gates == GatesOfGru.Length ? "GRU" : "LSTM", 2, lengths.Length == 0 ? inputs : [.. inputs, lengths], [.. attributes]);

        // (steps, directions, rows, units), and the states behind the last step that each direction reads (directions, rows, units).
        graph.Value = layer.Pooling == SequencePooling.Last
            ? own.Reshape(own.Transpose(results[1], 1, 0, 2), 0, (long)directions * units)
            : Pooled(graph, layer.Pooling, own.Reshape(own.Transpose(results[0], 2, 0, 1, 3), 0, 0, (long)directions * units));

        float[] Joined(string suffix, int width) => [.. layer.Names.SelectMany(name => Read(name + suffix, width, rows, width))];

        float[] Read(string name, int width, params long[] shape) => Ordered(graph.Read(name, 1, shape), units * width);
    }

    private static string LengthsOf(LayerGraph graph) =>
        graph.Graph.Cast(graph.Graph.Reduce("ReduceSum", graph.Graph.Cast(graph.Present, OnnxType.Int32), keeps: false, 1), OnnxType.Int32);

    private static string Pooled(LayerGraph graph, SequencePooling? pooling, string states)
    {
        var (own, hasPadding) = (graph.Graph, graph.Present.Length > 0);
        switch (pooling)
        {
            case null:
                return states;
            case SequencePooling.Mean:
                return hasPadding ? TokenPoolingForm.MeanOfPresent(graph, states) : own.Reduce("ReduceMean", states, keeps: false, 1);
            case SequencePooling.Max:
                if (hasPadding)
                    states = own.Add("Where", [own.Unsqueeze(graph.Present, 2), states, own.Scalar(float.MinValue)]);
                return own.Reduce("ReduceMax", states, keeps: false, 1);
            default:
                throw new NotSupportedException($"Pooling is {pooling}, which cannot be exported to ONNX.");
        }
    }

    private static float[] Ordered(float[] gates, int size)
    {
        var order = gates.Length / size == GatesOfGru.Length ? GatesOfGru : GatesOfLstm;
        var ordered = new float[gates.Length];
        for (var gate = 0; gate < order.Length; gate++)
            gates.AsSpan(order[gate] * size, size).CopyTo(ordered.AsSpan(gate * size));
        return ordered;
    }
}
