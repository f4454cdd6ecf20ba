namespace TabularLeague;

/// <summary>The tables of the league. Defaults are chosen by these alone, so that other tables can judge them.</summary>
internal static class Tables
{
    public static IReadOnlyList<Table> All { get; } =
    [
        new("adult", Prediction.Binary, "label(IsOver50K)", "adult/adult.csv")
        {
            Categories = ["workclass", "education", "marital-status", "occupation", "relationship", "ethnicity", "sex", "native-country"],
        },
        // Its last two columns add up to what is predicted.
        new("bike-sharing", Prediction.Number, "cnt", "bike-sharing/train.csv", "bike-sharing/test.csv")
        {
            Categories = ["season", "weathersit"],
            Dropped = ["instant", "dteday", "casual", "registered"],
        },
        new("breast-cancer", Prediction.Binary, "label", "breast-cancer.csv"),
        new("california-housing", Prediction.Number, "median_house_value", "california-housing/california-housing.csv")
        {
            Categories = ["ocean_proximity"],
            Target = dollars => dollars / 100_000,
        },
        new("credit-data", Prediction.Binary, "Status", "credit-data.csv") { Categories = ["Home", "Marital", "Records", "Job"], Positive = "bad" },
        new("diamonds", Prediction.Number, "price", "diamonds/diamonds.csv") { Categories = ["cut", "color", "clarity"], Target = Math.Log },
        new("digits", Prediction.Class, "label", "digits.csv"),
        new("lending-club", Prediction.Binary, "Class", "lending-club.csv")
        {
            Categories = ["term", "sub_grade", "addr_state", "verification_status", "emp_length"],
            Positive = "bad",
        },
        new("wine", Prediction.Class, "label", "wine.csv"),
    ];
}
