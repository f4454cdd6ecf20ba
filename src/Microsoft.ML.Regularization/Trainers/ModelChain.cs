using Microsoft.ML.Data;
using Microsoft.ML.Regularization.MLNet;
using Microsoft.ML.Regularization.Scoring;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Trainers;

/// <summary>The transformers of a fitted or loaded model in their order, those of inner chains in the place of the chain.</summary>
internal static class ModelChain
{
    /// <summary>The last neural network in a model; null for none.</summary>
    public static TrainedNetwork? FindNetwork(ITransformer model) => FindPredictor(model)?.Network;

    /// <summary>The column of features that the last neural network in a model reads; null where there is none.</summary>
    public static string? FeatureColumnOf(ITransformer model) =>
        ChainLinks.Of(model).Select(link => link.Transformer).OfType<ISingleFeaturePredictionTransformer<object>>()
            .LastOrDefault(transformer => transformer.Model is INetworkPredictor)?.FeatureColumnName;

    /// <summary>The last neural network in a model, which must be of the kind that a trainer trains.</summary>
    public static TModel RequireNetwork<TModel>(IExceptionContext context, string argument, ITransformer model)
        where TModel : class =>
        FindPredictor(model) switch
        {
            TModel network => network,
            null => throw context.ExceptUserArg(argument, $"There is no neural network in the model, a {model.GetType().Name}."),
            var other => throw context.ExceptUserArg(
                argument, $"The model's network is a {other.GetType().Name}, but this trainer goes on with a {typeof(TModel).Name}: take the trainer of the model's task."),
        };

    /// <summary>The chain with its last network trained further: see <see cref="NeuralNetworkCatalog.ContinueTraining"/>.</summary>
    public static TransformerChain<ITransformer> ContinueTraining<TTransformer, TModel>(
        ITransformer model, IDataView data, NeuralNetworkTrainer<TTransformer, TModel> trainer)
        where TTransformer : class, ISingleFeaturePredictionTransformer<TModel>
        where TModel : class
    {
        var previous = trainer.RequireNetwork(nameof(model), model);
        var chain = NetworkChain.Find(model)!;
        var trained = trainer.Fit(chain.Prepare(data), previous);
        return chain.WithNetwork(((INetworkPredictor)trained.Model).Network, before => LikeBefore(before, trained));
    }

    private static INetworkPredictor? FindPredictor(ITransformer model) =>
        ChainLinks.Of(model).Select(link => (link.Transformer as IPredictionTransformer<object>)?.Model).OfType<INetworkPredictor>().LastOrDefault();

    private static ITransformer LikeBefore(ITransformer before, ITransformer trained) =>
        before is NeuralNetworkBinaryTransformer old && trained is NeuralNetworkBinaryTransformer binary
            ? binary.WithThreshold(old.Threshold, old.ThresholdColumnName)
            : trained;
}
