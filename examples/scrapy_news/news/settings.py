BOT_NAME = "news"
SPIDER_MODULES = ["news.spiders"]
ROBOTSTXT_OBEY = True
ADDONS = {"dedup.integrations.scrapy.DedupAddon": 500}
DEDUP_INDEX = "seen"
