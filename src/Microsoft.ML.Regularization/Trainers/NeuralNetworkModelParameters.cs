using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Export;
using Microsoft.ML.Regularization.MLNet;
using Microsoft.ML.Regularization.Scoring;
using Microsoft.ML.Regularization.Tasks;
using Microsoft.ML.Runtime;
using Microsoft.ML.Trainers;

namespace Microsoft.ML.Regularization;

/// <summary>
/// A trained network: architecture, recipe, history and weights. It scores in managed code, a <see cref="CustomArchitecture"/> by libtorch; both from many
/// threads at once.
/// </summary>
/// <typeparam name="TOutput">The type of a row's score.</typeparam>
public abstract class NeuralNetworkModelParameters<TOutput> : ModelParametersBase<TOutput>, INetworkPredictor, IConvertedModel, IValueMapper, IDisposable
{
    private readonly VectorDataViewType _inputType;

    private protected NeuralNetworkModelParameters(IHostEnvironment env, string name, TrainedNetwork network)
        : base(env, name)
    {
        Network = network;
        _inputType = new VectorDataViewType(NumberDataViewType.Single, Network.Input.Width);
    }

    private protected NeuralNetworkModelParameters(IHostEnvironment env, string name, ModelLoadContext ctx, LearningTask task)
        : base(env, name, ctx)
    {
        // *** Binary format ***
        // int: sizeof(float), by the base class
        // <the trained network's own streams>
        Network = TrainedNetworkFile.Load(Host, new ModelReader(ctx), task);
        _inputType = new VectorDataViewType(NumberDataViewType.Single, Network.Input.Width);
    }

    /// <summary>The network.</summary>
    public TrainedNetwork Network { get; }

    /// <summary>The network's shape.</summary>
    public NetworkArchitecture Architecture => Network.Architecture;

    /// <summary>The regularization it was trained with.</summary>
    public RegularizationRecipe Recipe => Network.Recipe;

    /// <summary>How training went, epoch by epoch.</summary>
    public TrainingHistory History => Network.History;

    /// <summary>The trained parameters, the running statistics of batch normalization, and the scaling of the features.</summary>
    public IReadOnlyList<NetworkTensor> Weights => Network.Weights;

    DataViewType IValueMapper.InputType => _inputType;

    DataViewType IValueMapper.OutputType => Network.Scores.ScoreType;

    ISchemaBoundMapper ISchemaBindableMapper.Bind(IHostEnvironment env, RoleMappedSchema schema) => new NetworkRowMapper(Host, Network, new ModelBinding(this, schema));

    void IConvertedModel.Write(ConverterGraph graph, ModelBinding binding, string[] outputs) => NetworkConversion.Write(Host, graph, Network, binding, outputs);

    /// <summary>
    /// Frees the libtorch memory of scoring as soon as running predictions are done; multilayer perceptrons hold none. The model remains usable: a later
    /// prediction allocates the memory again.
    /// </summary>
    public void Dispose()
    {
        Network.Release();
        GC.SuppressFinalize(this);
    }

    ValueMapper<TSource, TDestination> IValueMapper.GetMapper<TSource, TDestination>()
    {
        CheckTypes<TSource, TDestination>();
        return (ValueMapper<TSource, TDestination>)(Delegate)new ValueMapper<VBuffer<float>, TOutput>(CreateRowScore().Invoke);
    }

    private protected RowScore<TOutput> CreateRowScore() => (RowScore<TOutput>)Network.Scores.CreateMapper(CreateRowScorer());

    private protected void CheckTypes<TSource, TDestination>()
    {
        Host.Check(typeof(TSource) == typeof(VBuffer<float>), "A neural network scores vectors of float.");
        Host.Check(typeof(TDestination) == typeof(TOutput), "The score is of another type.");
    }

    /// <summary>A function from a row to the network's outputs, for one thread.</summary>
    private protected RowScorer CreateRowScorer() => VectorScorer.Create(Host, Network);

    private protected void Save(ModelSaveContext ctx, VersionInfo version)
    {
        base.SaveCore(ctx);
        ctx.SetVersionInfo(version);
        TrainedNetworkFile.Save(new ModelWriter(ctx), Network);
    }

    private protected static VersionInfo Version(string modelSignature, string loaderSignature) => new(
        modelSignature: modelSignature,
        verWrittenCur: 0x00010001, // Initial
        verReadableCur: 0x00010001,
        verWeCanReadBack: 0x00010001,
        loaderSignature: loaderSignature,
        loaderAssemblyName: typeof(TrainedNetwork).Assembly.FullName);
}
