using System.Numerics.Tensors;
using Microsoft.ML;
using Microsoft.ML.Data;

using Microsoft.ML.Regularization;
using Microsoft.ML.Runtime;
using Microsoft.ML.Trainers;

[assembly: LoadableClass(
    typeof(NeuralNetworkMulticlassModelParameters), null, typeof(SignatureLoadModel), "", NeuralNetworkMulticlassModelParameters.LoaderSignature)]

namespace Microsoft.ML.Regularization;

/// <summary>
/// A trained classifier: network, recipe, history and weights. A multilayer perceptron scores in managed code, from many threads at once.
/// </summary>
public sealed class NeuralNetworkMulticlassModelParameters : ModelParametersBase<VBuffer<float>>, IValueMapper
{
    internal const string LoaderSignature = "NeuralNetMulticlass";

    private readonly TrainedNetwork _network;
    private readonly VectorDataViewType _inputType;
    private readonly VectorDataViewType _outputType;

    internal NeuralNetworkMulticlassModelParameters(IHostEnvironment env, TrainedNetwork network)
        : base(env, LoaderSignature)
    {
        _network = network;
        _inputType = new VectorDataViewType(NumberDataViewType.Single, network.Inputs);
        _outputType = new VectorDataViewType(NumberDataViewType.Single, network.Outputs);
    }

    private NeuralNetworkMulticlassModelParameters(IHostEnvironment env, ModelLoadContext ctx)
        : base(env, LoaderSignature, ctx)
    {
        // *** Binary format ***
        // int: sizeof(float), by the base class
        // <the trained network's own streams>
        _network = TrainedNetwork.Load(Host, ctx);
        _inputType = new VectorDataViewType(NumberDataViewType.Single, _network.Inputs);
        _outputType = new VectorDataViewType(NumberDataViewType.Single, _network.Outputs);
    }

    /// <summary>The network's shape.</summary>
    public NetworkArchitecture Architecture => _network.Architecture;

    /// <summary>The regularization it was trained with.</summary>
    public RegularizationRecipe Recipe => _network.Recipe;

    /// <summary>How training went, epoch by epoch.</summary>
    public TrainingHistory History => _network.History;

    /// <summary>The trained parameters and the running statistics of batch normalization.</summary>
    public IReadOnlyList<NetworkTensor> Weights => _network.Weights.Tensors;

    /// <summary>The number of classes, which is the length of a score.</summary>
    public int ClassCount => _network.Outputs;

    DataViewType IValueMapper.InputType => _inputType;

    DataViewType IValueMapper.OutputType => _outputType;

    /// <summary>The kind of prediction.</summary>
    protected override PredictionKind PredictionKind => PredictionKind.MulticlassClassification;

    ValueMapper<TSource, TDestination> IValueMapper.GetMapper<TSource, TDestination>()
    {
        Host.Check(typeof(TSource) == typeof(VBuffer<float>), "A neural network scores vectors of float.");
        Host.Check(typeof(TDestination) == typeof(VBuffer<float>), "A classifier's score is a vector of float.");

        var dense = new float[_network.Inputs];
        ValueMapper<VBuffer<float>, VBuffer<float>> map = (in VBuffer<float> source, ref VBuffer<float> destination) =>
        {
            if (source.Length != dense.Length)
                throw Host.Except($"The network takes {dense.Length} features, but the row has {source.Length}.");

            source.CopyTo(dense);
            var editor = VBufferEditor.Create(ref destination, _network.Outputs);
            _network.Scorer.Score(dense, editor.Values);
            // Shifted first: the exponential of a logit above 88 is no longer a float.
            TensorPrimitives.Subtract(editor.Values, TensorPrimitives.Max<float>(editor.Values), editor.Values);
            TensorPrimitives.SoftMax(editor.Values, editor.Values);
            destination = editor.Commit();
        };
        return (ValueMapper<TSource, TDestination>)(Delegate)map;
    }

    internal static NeuralNetworkMulticlassModelParameters Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        Contracts.CheckValue(env, nameof(env));
        env.CheckValue(ctx, nameof(ctx));
        ctx.CheckAtModel(GetVersionInfo());
        return new NeuralNetworkMulticlassModelParameters(env, ctx);
    }

    /// <summary>Writes the model.</summary>
    /// <param name="ctx">Where to.</param>
    protected override void SaveCore(ModelSaveContext ctx)
    {
        base.SaveCore(ctx);
        ctx.SetVersionInfo(GetVersionInfo());
        _network.Save(ctx);
    }

    private static VersionInfo GetVersionInfo() => new(
        modelSignature: "NEURALMC",
        verWrittenCur: 0x00010001, // Initial
        verReadableCur: 0x00010001,
        verWeCanReadBack: 0x00010001,
        loaderSignature: LoaderSignature,
        loaderAssemblyName: typeof(NeuralNetworkMulticlassModelParameters).Assembly.FullName);
}
