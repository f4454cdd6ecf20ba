namespace Microsoft.ML.Regularization.Structure;

/// <summary>The folders at the top of the library, from the ground up: a room names types of its own and of the rooms before it in this list.</summary>
internal static class Rooms
{
    public static readonly IReadOnlyList<string> FromTheGroundUp =
    [
        "Foundation", "MLNet", "Arithmetic", "Randomness", "Inputs", "Augmentation", "Tokenization", "Splitting", "Tensors", "Regularizers", "Networks", "Tasks",
        "Training", "Scoring", "Explanations", "Ensembles", "Pretrained", "Export", "Trainers", "Reports", "Advice", "Search", "Groups", "Catalogs",
    ];

    private static readonly Dictionary<string, int> Heights = FromTheGroundUp.Index().ToDictionary(room => room.Item, room => room.Index);

    public static bool IsUpwards(string from, string to) => Heights[to] > Heights[from];
}
