using Microsoft.ML.Data;
using Microsoft.ML.Regularization.MLNet;
using Microsoft.ML.Regularization.Scoring;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Trainers;

/// <summary>A model taken apart at its last neural network.</summary>
internal sealed class NetworkChain
{
    private readonly List<(ITransformer Transformer, TransformerScope Scope)> _before;
    private readonly List<(ITransformer Transformer, TransformerScope Scope)> _own;
    private readonly List<(ITransformer Transformer, TransformerScope Scope)> _after;

    private NetworkChain(List<(ITransformer Transformer, TransformerScope Scope)> links, int place)
    {
        var last = links.FindLastIndex(link => link.Transformer is NetworkColumnsTransformer);
        var end = Math.Max(place, last) + 1;
        (_before, _own, _after) = (links[..place], links[place..end], links[end..]);
        Network = NetworkOf(links[place].Transformer)!;
    }

    /// <summary>The network.</summary>
    public TrainedNetwork Network { get; }

    /// <summary>What scores by the network, and all that depends on it: explanations, spread of members.</summary>
    public TransformerChain<ITransformer> Own => Chain(_own);

    /// <summary>Takes a model apart.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no neural network in it.</exception>
    public static NetworkChain Of(IExceptionContext context, string argument, ITransformer model) =>
        Find(model) ?? throw context.ExceptUserArg(argument, $"There is no neural network of this library in the model, a {model.GetType().Name}.");

    /// <summary>Takes a model apart; null where there is no neural network in it.</summary>
    public static NetworkChain? Find(ITransformer model)
    {
        var links = ChainLinks.Of(model).ToList();
        var place = links.FindLastIndex(link => NetworkOf(link.Transformer) is not null);
        return place < 0 ? null : new NetworkChain(links, place);
    }

    /// <summary>A chain as <see cref="Own"/> with another network.</summary>
    public static TransformerChain<ITransformer> WithNetwork(ITransformer own, TrainedNetwork network) => With(own, network, scorer => ((INetworkTransformer)scorer).WithNetwork(network));

    /// <summary>The whole model with another network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="scorer">Makes what scores by it of what scores now.</param>
    public TransformerChain<ITransformer> WithNetwork(TrainedNetwork network, Func<ITransformer, ITransformer> scorer) => With(With(Own, network, scorer));

    /// <summary>Rows as the network reads them.</summary>
    public IDataView Prepare(IDataView data) => _before.Aggregate(data, (view, link) => link.Transformer.Transform(view));

    /// <summary>The whole model, with another transformer in the place of <see cref="Own"/>.</summary>
    public TransformerChain<ITransformer> With(ITransformer own) => Chain([.. _before, (own, _own[0].Scope), .. _after]);

    private static TransformerChain<ITransformer> With(ITransformer own, TrainedNetwork network, Func<ITransformer, ITransformer> scorer) =>
        Chain(ChainLinks.Of(own).Select((link, place) => (place == 0 ? scorer(link.Transformer) : OfNewNetwork(link.Transformer, network), link.Scope)));

    private static ITransformer OfNewNetwork(ITransformer transformer, TrainedNetwork network) =>
        transformer is NetworkColumnsTransformer columns ? columns.WithNetwork(network) : transformer;

    private static TrainedNetwork? NetworkOf(ITransformer transformer) => ((transformer as IPredictionTransformer<object>)?.Model as INetworkPredictor)?.Network;

    private static TransformerChain<ITransformer> Chain(IEnumerable<(ITransformer Transformer, TransformerScope Scope)> links) =>
        links.Aggregate(new TransformerChain<ITransformer>(), (chain, link) => chain.Append(link.Transformer, link.Scope));
}
