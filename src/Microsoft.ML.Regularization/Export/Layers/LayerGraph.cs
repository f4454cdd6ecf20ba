using Microsoft.ML.Regularization.Networks;

namespace Microsoft.ML.Regularization.Export;

/// <summary>A network that is being written, layer by layer.</summary>
/// <param name="graph">Where it is written.</param>
/// <param name="network">What scoring needs of it.</param>
/// <param name="layers">All of its layers.</param>
/// <param name="forms">How layers are written, by their kind.</param>
internal sealed class LayerGraph(OnnxGraph graph, TrainedParts network, IReadOnlyList<LayerDescription> layers, IReadOnlyDictionary<Type, ILayerForm> forms)
{
    private readonly int _blocks = layers.Count(layer => layer is ResidualDescription);
    private readonly List<string> _tail = [];
    private int _block;

    public OnnxGraph Graph => graph;

    /// <summary>The network's outputs.</summary>
    public int Outputs => network.Outputs;

    /// <summary>What the layers so far give: rows first. Before the first of them the numbers of the rows, or their tokens; empty where there are none.</summary>
    public string Value { get; set; } = "";

    /// <summary>The keys of rows, (rows, keys) of whole numbers; empty where there are none.</summary>
    public string Keys { get; set; } = "";

    /// <summary>Which tokens or steps of a text are there, (rows, tokens) of bool; empty where all are.</summary>
    public string Present { get; set; } = "";

    public void Append(IEnumerable<LayerDescription> described)
    {
        foreach (var layer in described)
        {
            if (layer is not EmbeddingDescription)
                JoinTail();
            if (!forms.TryGetValue(layer.GetType(), out var form))
                throw new NotSupportedException($"Layers of the kind {layer.GetType().Name} cannot be exported to ONNX.");
            form.Append(layer, this);
        }
    }

    /// <summary>Puts a value behind what other embeddings make of the row's numbers.</summary>
    /// <param name="value">(rows, any).</param>
    /// <param name="isFirst">Whether it comes before what stands there already.</param>
    public void AddTail(string value, bool isFirst = false) => _tail.Insert(isFirst ? 0 : _tail.Count, value);

    /// <summary>A tensor of the network's, times a factor.</summary>
    public float[] Read(string name, double factor, params long[] shape)
    {
        var values = network.Weights.Read(network.Context, name, shape);
        return factor == 1 ? values : Array.ConvertAll(values, value => value * (float)factor);
    }

    /// <summary>Whether the network has a tensor.</summary>
    public bool Has(string name) => network.Weights.Find(name) is not null;

    /// <summary>A vector of the network's, as a constant.</summary>
    public string Vector(string name, int length, double factor = 1) => graph.Vector(Read(name, factor, length));

    /// <summary>What the change by the next residual block is multiplied by.</summary>
    public double NextBlockFactor()
    {
        var depth = network.Recipe.StochasticDepth;
        return depth?.ScoringFactor(depth.SurvivalOf(_block++, _blocks)) ?? 1;
    }

    private void JoinTail()
    {
        if (_tail.Count == 0)
            return;
        Value = graph.Concat(1, Value.Length > 0 ? _tail.Prepend(Value) : _tail);
        _tail.Clear();
    }
}
